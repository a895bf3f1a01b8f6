import { firstWrong, type StartCheck, type Told, ToldThings } from '../acts/index.ts';

/** A shift as the acts of the book leave it. */
interface ToldShift extends Told {
  kiosk: string;
  volunteer: string;
  isEnded: boolean;
  byDevice: boolean;
}

/** Compares the volunteer, the kiosk and the end of every shift with the acts by which it began and ended. */
export const checkShifts: StartCheck = (at) => {
  const shifts = new ToldThings<ToldShift>((told) => ({
    ...told,
    kiosk: '',
    volunteer: '',
    isEnded: false,
    byDevice: false,
  }));
  return {
    take(act) {
      if (!act.act.startsWith('shifts.')) return;
      const id = String(act.is.get('shift') ?? act.was.get('shift'));
      const shift = shifts.hear({ ...act, id });
      const byDevice = act.is.get('byDevice') === true;
      if (act.act === 'shifts.begun')
        Object.assign(shift, { kiosk: act.id, volunteer: act.actorId, byDevice });
      else shift.isEnded = true;
    },
    finish: ({ isWhole }) =>
      shifts.compare(at, 'shifts', isWhole, (row, { number, kiosk, volunteer, isEnded, byDevice }) =>
        firstWrong(at.reader.t.shifts, { id: row.id, check: 'told', number }, [
          ['kioskId', kiosk, row.kioskId],
          ['volunteerId', volunteer, row.volunteerId],
          ['byDevice', byDevice, row.byDevice],
          ['endedAtMs', isEnded, row.endedAtMs !== null],
        ]),
      ),
  };
};

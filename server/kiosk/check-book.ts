import { ERASED, firstWrong, type StartCheck, type Told, ToldThings } from '../acts/index.ts';

/** A kiosk as the acts of the book leave it. */
interface ToldKiosk extends Told {
  isPaired: boolean;
  isRevoked: boolean;
}

/** Compares the names of kiosks, and whether a device stands for each, with the acts that made and paired them. */
export const checkKiosks: StartCheck = (at) => {
  const kiosks = new ToldThings<ToldKiosk>((told) => ({ ...told, isPaired: false, isRevoked: false }));
  return {
    take(act) {
      if (act.kind !== 'kiosk') return;
      const kiosk = kiosks.hear(act);
      if (act.act === 'kiosks.paired') Object.assign(kiosk, { isPaired: true, isRevoked: false });
      if (act.act === 'kiosks.code_renewed') Object.assign(kiosk, { isPaired: false, isRevoked: false });
      if (act.act === 'kiosks.revoked') kiosk.isRevoked = true;
    },
    finish: ({ isWhole }) =>
      kiosks.compare(at, 'kiosks', isWhole, ({ id, name, ...row }, { fields, isPaired, isRevoked }) => {
        const table = at.reader.t.kiosks;
        return (
          fields.compare(table, id, { name }) ??
          firstWrong(table, { id, check: 'told' }, [
            ['pairedAtMs', isPaired, row.pairedAtMs !== null],
            ['tokenHash', isPaired, row.tokenHash !== null],
            ['revokedAtMs', isRevoked, row.revokedAtMs !== null],
          ])
        );
      }),
  };
};

/** A volunteer as the acts of the book leave them. */
interface ToldVolunteer extends Told {
  readonly kin: Set<unknown>;
  isConfirmed: boolean;
  /** The person who made the change that waits for a second one. */
  waitsFor: string | null;
}

/** Compares names, declared kin and confirmations of the volunteers, and who was disabled, with the acts that say so. */
export const checkVolunteers: StartCheck = (at) => {
  const volunteers = new ToldThings<ToldVolunteer>((told) => ({
    ...{ ...told, kin: new Set(), isConfirmed: false, waitsFor: null },
  }));
  const erased = new Set<string>();
  return {
    take(act) {
      if (act.act === 'households.erased') erased.add(act.id);
      if (act.kind !== 'volunteer') return;
      const volunteer = volunteers.hear(act);
      const { kin } = volunteer;
      if (act.act === 'volunteers.confirmed') Object.assign(volunteer, { isConfirmed: true, waitsFor: null });
      if (LOOSENING.includes(act.act) || act.is.get('disabled') === false) {
        const knowsPin = act.act === 'volunteers.pin_set' ? null : volunteer.waitsFor;
        Object.assign(volunteer, { isConfirmed: false, waitsFor: knowsPin ?? act.actorId });
      }
      const household = act.is.get('household') ?? act.was.get('household');
      if (act.act === 'volunteers.kin_withdrawn') kin.delete(household);
      else if (household !== undefined && household !== ERASED) kin.add(household);
    },
    finish: ({ isWhole }) =>
      volunteers.compare(at, 'volunteers', isWhole, ({ id, name, ...row }, volunteer) => {
        const table = at.reader.t.volunteers;
        const { fields, kin, isConfirmed, waitsFor } = volunteer;
        for (const household of erased) kin.delete(household);
        const disabled = row.disabledAtMs !== null || undefined;
        return (
          fields.compare(table, id, { name }) ??
          firstWrong(table, { id, check: 'told' }, [
            ['disabledAtMs', fields.get('disabled') === true || undefined, disabled],
            ['householdIds', Array.from(kin).sort(), (row.householdIds ?? []).toSorted()],
            ['confirmedAtMs', isConfirmed, row.confirmedAtMs !== null],
            ['unconfirmedBy', waitsFor, row.unconfirmedBy],
          ])
        );
      }),
  };
};

/** Acts after which somebody else confirms the volunteer anew. */
const LOOSENING: readonly string[] = ['volunteers.created', 'volunteers.pin_set', 'volunteers.kin_withdrawn'];

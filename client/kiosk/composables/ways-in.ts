import type { Ref } from 'vue';
import type { Api } from '../../api/index.ts';
import type { ShiftCounts } from '../counter/effects.ts';
import type { ShiftAlone } from '../shift-alone.ts';
import type { Duty } from './station-duty.ts';
import type { NotLetIn, Station } from './station.ts';

type OfDuty = Omit<Duty, 'paired' | 'onDuty'>;

interface WaysInParts extends OfDuty, Pick<Station, 'api' | 'check' | 'ended' | 'state' | 'isConnected'> {
  readonly plainApi: Api;
  readonly isSigningIn: Ref<boolean>;
  readonly hearShift: (id: string, volunteerId: string) => void;
  readonly alone: () => ShiftAlone | null;
}

type Ways = Pick<Station, 'pair' | 'signIn' | 'signOut' | 'endLocalShift' | 'endShiftHere'>;

/** Pairing, and the ways in which a shift begins and ends. */
export function createWaysIn(parts: WaysInParts): Ways {
  const { plainApi, api, check, ended, isSigningIn, keepDevice, keepShift, keepLocal } = parts;
  const { local, isNetworkBack, endLocal, shiftId, isConnected, alone, state } = parts;

  async function begin(volunteerId: string, pin: string): Promise<NotLetIn | null> {
    const withServer = isConnected.value || alone() === null || (await check());
    const outcome = withServer ? await api.call('kiosk.signIn', { body: { volunteerId, pin } }) : GONE;
    if (outcome.kind === 'answer') {
      const { shiftToken, shiftId } = outcome.data;
      // A shift of this device that still stands ends by its row.
      if (local.value !== null) await endLocal();
      keepShift(shiftToken, shiftId);
      parts.hearShift(shiftId, volunteerId);
      await check();
      // Written before any row of this shift, because rows are written one after the other.
      void alone()?.note({ shiftId, volunteerId });
      return null;
    }
    const own = outcome.kind === 'unknown' ? alone() : null;
    if (own === null) return outcome;
    const begun = await own.begin(volunteerId, pin);
    if (typeof begun === 'string') return begun;
    keepLocal(begun);
    return null;
  }

  async function endByServer(counts?: ShiftCounts): Promise<boolean> {
    const id = shiftId();
    const outcome = await api.call('kiosk.signOut', { body: counts ? { counts } : {} });
    if (outcome.kind === 'answer') return true;
    // An item was taken off the list meanwhile: the shift ends without its count.
    const isGone = outcome.kind === 'problem' && outcome.problem.code === 'goods.not_found';
    if (isGone && (await api.call('kiosk.signOut', { body: {} })).kind === 'answer') return true;
    // If the server cannot be told, the row tells it later. A village that agreed to no rows takes none.
    if (id === '' || !state.value?.village.withoutNetwork) return true;
    const isKept = (await alone()?.end(id, counts)) ?? true;
    // A shift that the server refuses to end has ended without this device, or ends by the next one.
    return isKept || outcome.kind === 'problem';
  }

  return {
    async pair(code) {
      const outcome = await plainApi.call('kiosk.pair', { body: { code } });
      if (outcome.kind !== 'answer') return outcome;
      ended.value = null;
      keepShift(null);
      keepDevice(outcome.data.deviceToken);
      await check();
      return null;
    },
    async signIn(volunteerId, pin) {
      isSigningIn.value = true;
      try {
        const failure = await begin(volunteerId, pin);
        if (failure === null) ended.value = null;
        return failure;
      } finally {
        isSigningIn.value = false;
      }
    },
    async signOut(counts) {
      // A shift that cannot be ended on the disk would go on after a reload, and its counts would be lost.
      if (!(await (local.value === null ? endByServer(counts) : endLocal(counts)))) return false;
      // The shift ends here even where the server cannot be told: the token is forgotten.
      keepShift(null);
      await check();
      return true;
    },
    async endLocalShift() {
      const before = local.value;
      // Somebody else may have signed in while the row was written.
      const isEnded = before === null || (await endLocal());
      if (before === null || !isEnded || local.value !== before) return isEnded;
      isNetworkBack.value = true;
      keepShift(null);
      return true;
    },
    async endShiftHere() {
      const id = shiftId();
      // A shift of this device that cannot be ended on the disk would go on after a reload.
      if (local.value !== null && !(await endLocal())) return false;
      if (local.value === null && id !== '' && state.value?.village.withoutNetwork) await alone()?.end(id);
      if (shiftId() !== id) return false;
      keepShift(null);
      return true;
    },
  };
}

const GONE = { kind: 'unknown', reason: 'unreachable' } as const;

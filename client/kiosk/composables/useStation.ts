import { computed, inject, ref, shallowRef, type InjectionKey, type Ref, type ShallowRef } from 'vue';
import type { AnswerOf, Api, Failure, Outcome } from '../../api/index.ts';
import type { ShiftCounts } from '../counter/effects.ts';
import type { Memory } from '../memory.ts';
import { emptyFigures } from '../shift-figures.ts';
import type { AloneRefusal, ShiftAlone } from '../shift-alone.ts';
import { parsed } from '../parsed-json.ts';
import { createDuty, type Duty } from './station-duty.ts';
import { createWatchedCalls } from './watched-calls.ts';

export type StationState = AnswerOf<'kiosk.state'>;

/** `closed`: the server cannot be reached and has told nothing yet. */
export type Stage = 'starting' | 'closed' | 'pairing' | 'signing_in' | 'open';

/** This device: whether it is paired, who is on duty, whether the server can be reached. */
export interface Station {
  /** The API, watched: every call tells whether the network is there and whether device and shift still count. */
  readonly api: Api;
  /** Asks as well, but whoever asks hears the answer before the stage changes by it. */
  readonly ask: <T>(
    call: (api: Api) => Promise<Outcome<T>>,
    hear: (outcome: Outcome<T>) => void,
  ) => Promise<void>;
  readonly stage: Readonly<Ref<Stage>>;
  readonly state: Readonly<Ref<StationState | null>>;
  /** The id of the shift on duty; empty where nobody is. */
  readonly shiftId: () => string;
  /** The shift was begun without the server, which gives no token for it. */
  readonly isLocalShift: Readonly<Ref<boolean>>;
  /** Opens the locked screen of the shift on duty; null: the PIN is right. */
  readonly unlock: (pin: string) => Promise<NotLetIn | null>;
  /** The shift that was begun without the server is over, because the network is back. */
  readonly isNetworkBack: Readonly<Ref<boolean>>;
  /** The network is back: whoever serves on types the PIN once more. False: the disk refuses, and the shift goes on. */
  readonly endLocalShift: () => Promise<boolean>;
  /** The shift is over by this device's clock, and the server cannot be told. False: the disk refuses, and it goes on. */
  readonly endShiftHere: () => Promise<boolean>;
  readonly isConnected: Readonly<Ref<boolean>>;
  /** A volunteer's PIN is being checked. */
  readonly isSigningIn: Readonly<Ref<boolean>>;
  /** Why the device was locked out or the shift ended. */
  readonly ended: ShallowRef<Failure | null>;
  /** Asks the server for the station's state, quickly; true when it answered. */
  readonly check: () => Promise<boolean>;
  /** True when the server was heard from just now, or answers when asked: what is not sent has surely not happened. */
  readonly canReachServer: () => Promise<boolean>;
  readonly pair: (code: string) => Promise<Failure | null>;
  readonly signIn: (volunteerId: string, pin: string) => Promise<NotLetIn | null>;
  /** False: the disk refuses, and the shift goes on. */
  readonly signOut: (counts?: ShiftCounts) => Promise<boolean>;
}

export const stationKey: InjectionKey<Station> = Symbol('station');

export function useStation(): Station {
  const station = inject(stationKey);
  if (!station) throw new Error('no station was provided');
  return station;
}

interface StationParts {
  readonly plainApi: Api;
  readonly memory: Memory;
  readonly now: () => number;
  /** Begins and ends shifts without the server; null: this device may not. */
  readonly alone?: () => ShiftAlone | null;
}

export type NotLetIn = Failure | AloneRefusal;

const checkTimeoutMs = 4000;
const freshMs = 10_000;
const deviceEnds = new Set(['kiosk.revoked', 'auth.required']);
const shiftEnds = new Set(['kiosk.shift_over', 'auth.expired', 'auth.session_ended']);

export function createStation({ plainApi, memory, now, alone = () => null }: StationParts): Station {
  /** The state that the server told last. */
  const heard = shallowRef<StationState | null>(null);
  const ended = shallowRef<Failure | null>(null);
  const isSigningIn = ref(false);
  let stateOf = 0;

  const { isConnected, watched, heardAtMs, next, changed, isOfNow } = createWatchedCalls(now, endBy);
  const duty = createDuty({
    ...{ memory, alone, changed },
    unpaired: () => void (heard.value = null),
  });
  const { paired, onDuty, local, isNetworkBack, keepDevice, keepShift, endLocal, shiftId } = duty;

  const state = computed(() => {
    if (heard.value === null) return null;
    const shift = local.value === null ? heard.value.shift : emptyFigures(local.value);
    return { ...heard.value, shift: shift && (alone()?.figures(shift) ?? shift) };
  });

  const stage = computed<Stage>(() => {
    if (!paired.value) return 'pairing';
    if (heard.value === null) return isConnected.value ? 'starting' : 'closed';
    return onDuty.value ? 'open' : 'signing_in';
  });

  function endBy(outcome: Failure & { kind: 'problem' }): void {
    if (deviceEnds.has(outcome.problem.code)) {
      ended.value = outcome;
      keepShift(null);
      keepDevice(null);
    } else if (shiftEnds.has(outcome.problem.code)) {
      if (onDuty.value) ended.value = outcome;
      keepShift(null);
    }
  }

  const api: Api = { call: (id, ...input) => watched(() => plainApi.call(id, ...input)) };

  function keepState(next: StationState): void {
    heard.value = next;
    // Names of volunteers stay on the disk only where somebody may begin a shift without the server.
    memory.lastState = next.village.withoutNetwork ? JSON.stringify(next) : null;
  }

  /** The network may be gone before the state of a shift that has just begun is heard. */
  function hearShift(id: string, volunteerId: string): void {
    if (heard.value === null) return;
    const volunteer = heard.value.volunteers.find((one) => one.id === volunteerId)?.name ?? '';
    const shift = emptyFigures({ id, volunteerId, volunteer, startedAtMs: now() });
    keepState({ ...heard.value, shift });
  }

  async function askState(): Promise<boolean> {
    if (!paired.value) return false;
    const mine = next();
    const outcome = await api.call('kiosk.state', { timeoutMs: checkTimeoutMs });
    if (outcome.kind === 'unknown') {
      // A page that opens without network begins with what it heard last.
      if (heard.value === null && alone() !== null) heard.value = readState(memory.lastState);
      return false;
    }
    // A state asked for later has come already, or it is the state of a shift or device that is over.
    if (outcome.kind === 'answer' && mine > stateOf && isOfNow(mine)) {
      stateOf = mine;
      keepState(outcome.data);
      const { shift } = outcome.data;
      if (shift !== null) memory.shiftId = shift.id;
      else if (onDuty.value && local.value === null) keepShift(null);
    }
    return true;
  }

  async function check(): Promise<boolean> {
    const hadShift = onDuty.value;
    const answered = await askState();
    // The shift was over: what the device may see without it is asked for at once.
    return answered && hadShift && !onDuty.value ? askState() : answered;
  }

  return {
    api,
    async ask(call, hear) {
      await watched(() => call(plainApi), hear);
    },
    isSigningIn,
    ...{ stage, state, isConnected, ended, check, shiftId },
    isLocalShift: computed(() => local.value !== null),
    isNetworkBack,
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
    async unlock(pin) {
      const outcome = await api.call('kiosk.unlock', { body: { pin } });
      if (outcome.kind === 'answer') return null;
      const own = outcome.kind === 'unknown' ? alone() : null;
      return own === null ? outcome : own.check(state.value?.shift?.volunteerId ?? '', pin);
    },
    canReachServer: async () => (isConnected.value && now() - heardAtMs() < freshMs) || check(),
    ...createWaysIn({
      ...duty,
      ...{ plainApi, api, check, ended, isSigningIn, isConnected, alone, state, hearShift },
    }),
  };
}

type OfDuty = Pick<Duty, 'local' | 'keepDevice' | 'keepShift' | 'keepLocal' | 'endLocal' | 'shiftId'>;

interface WaysInParts extends OfDuty, Pick<Station, 'api' | 'check' | 'ended' | 'state' | 'isConnected'> {
  readonly plainApi: Api;
  readonly isSigningIn: Ref<boolean>;
  readonly hearShift: (id: string, volunteerId: string) => void;
  readonly alone: () => ShiftAlone | null;
}

function createWaysIn(parts: WaysInParts): Pick<Station, 'pair' | 'signIn' | 'signOut'> {
  const { plainApi, api, check, ended, isSigningIn, keepDevice, keepShift, keepLocal } = parts;
  const { local, endLocal, shiftId, isConnected, alone, state } = parts;

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
  };
}

const GONE = { kind: 'unknown', reason: 'unreachable' } as const;

/** A state that another build told may lack what this one shows: then none is known. */
function readState(text: string | null): StationState | null {
  const read = parsed(text) as Partial<StationState> | null;
  return read?.village?.withoutNetwork && Array.isArray(read.volunteers) ? (read as StationState) : null;
}

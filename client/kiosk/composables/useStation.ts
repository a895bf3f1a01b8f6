import { computed, inject, ref, shallowRef, type InjectionKey, type Ref, type ShallowRef } from 'vue';
import type { AnswerOf, Api, Failure, Outcome } from '../../api/index.ts';
import type { ShiftCounts } from '../counter/effects.ts';
import type { Memory } from '../memory.ts';

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
  readonly state: Readonly<ShallowRef<StationState | null>>;
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
  readonly signIn: (volunteerId: string, pin: string) => Promise<Failure | null>;
  readonly signOut: (counts?: ShiftCounts) => Promise<void>;
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
}

const checkTimeoutMs = 4000;
const freshMs = 10_000;
const deviceEnds = new Set(['kiosk.revoked', 'auth.required']);
const shiftEnds = new Set(['kiosk.shift_over', 'auth.expired', 'auth.session_ended']);

export function createStation({ plainApi, memory, now }: StationParts): Station {
  const state = shallowRef<StationState | null>(null);
  const ended = shallowRef<Failure | null>(null);
  const isConnected = ref(true);
  const isSigningIn = ref(false);
  const paired = ref(memory.device !== null);
  const onDuty = ref(memory.shift !== null);
  let heardAtMs = Number.NEGATIVE_INFINITY;
  /** Calls are numbered as they are made. An answer to an earlier call than the newest one answered comes late. */
  let called = 0;
  let answered = 0;
  /** The call that was the newest when device or shift last changed: answers to it speak of the one before. */
  let changedAt = 0;
  let stateOf = 0;

  const stage = computed<Stage>(() => {
    if (!paired.value) return 'pairing';
    if (state.value === null) return isConnected.value ? 'starting' : 'closed';
    return onDuty.value ? 'open' : 'signing_in';
  });

  function keepDevice(token: string | null): void {
    changedAt = called;
    memory.device = token;
    paired.value = token !== null;
    if (token === null) state.value = null;
  }

  function keepShift(token: string | null): void {
    changedAt = called;
    memory.shift = token;
    onDuty.value = token !== null;
  }

  /** Makes a call and hears its answer; `hear` comes before the stage changes by it. */
  async function watched<T>(
    call: () => Promise<Outcome<T>>,
    hear: (outcome: Outcome<T>) => void = () => undefined,
  ): Promise<Outcome<T>> {
    called += 1;
    const mine = called;
    const outcome = await call();
    hear(outcome);
    if (outcome.kind !== 'unknown') {
      answered = Math.max(answered, mine);
      isConnected.value = true;
      heardAtMs = now();
    } else if (mine > answered) isConnected.value = false;
    if (outcome.kind === 'problem' && mine > changedAt) endBy(outcome);
    return outcome;
  }

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

  async function readState(): Promise<boolean> {
    if (!paired.value) return false;
    const mine = called + 1;
    const outcome = await api.call('kiosk.state', { timeoutMs: checkTimeoutMs });
    if (outcome.kind === 'unknown') return false;
    // A state asked for later has come already, or it is the state of a shift or device that is over.
    if (outcome.kind === 'answer' && mine > stateOf && mine > changedAt) {
      stateOf = mine;
      state.value = outcome.data;
      if (outcome.data.shift === null && onDuty.value) keepShift(null);
    }
    return true;
  }

  async function check(): Promise<boolean> {
    const hadShift = onDuty.value;
    const answered = await readState();
    // The shift was over: what the device may see without it is asked for at once.
    return answered && hadShift && !onDuty.value ? readState() : answered;
  }

  return {
    api,
    async ask(call, hear) {
      await watched(() => call(plainApi), hear);
    },
    isSigningIn,
    stage,
    state,
    isConnected,
    ended,
    check,
    canReachServer: async () => (isConnected.value && now() - heardAtMs < freshMs) || check(),
    ...createWaysIn({ plainApi, api, check, ended, isSigningIn, keepDevice, keepShift }),
  };
}

interface WaysInParts extends Pick<Station, 'api' | 'check' | 'ended'> {
  readonly plainApi: Api;
  readonly isSigningIn: Ref<boolean>;
  readonly keepDevice: (token: string | null) => void;
  readonly keepShift: (token: string | null) => void;
}

function createWaysIn(parts: WaysInParts): Pick<Station, 'pair' | 'signIn' | 'signOut'> {
  const { plainApi, api, check, ended, isSigningIn, keepDevice, keepShift } = parts;
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
      const outcome = await api.call('kiosk.signIn', { body: { volunteerId, pin } });
      isSigningIn.value = false;
      if (outcome.kind !== 'answer') return outcome;
      ended.value = null;
      keepShift(outcome.data.shiftToken);
      await check();
      return null;
    },
    async signOut(counts) {
      // The shift ends here even where the server cannot be told: the token is forgotten.
      const outcome = await api.call('kiosk.signOut', { body: counts ? { counts } : {} });
      // An item may have been taken off the list meanwhile: the shift ends without its count.
      if (counts && outcome.kind === 'problem') await api.call('kiosk.signOut', { body: {} });
      keepShift(null);
      await check();
    },
  };
}

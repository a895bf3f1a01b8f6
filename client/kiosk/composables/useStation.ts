import { computed, inject, ref, shallowRef, type InjectionKey } from 'vue';
import type { Api, Failure } from '../../api/index.ts';
import type { Memory } from '../memory.ts';
import { emptyFigures } from '../shift-figures.ts';
import type { ShiftAlone } from '../shift-alone.ts';
import { parsed } from '../parsed-json.ts';
import { createDuty } from './station-duty.ts';
import type { Stage, Station, StationState } from './station.ts';
import { createWaysIn } from './ways-in.ts';
import { createWatchedCalls } from './watched-calls.ts';

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
  const { paired, onDuty, local, isNetworkBack, keepDevice, keepShift, shiftId } = duty;

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

/** A state that another build told may lack what this one shows: then none is known. */
function readState(text: string | null): StationState | null {
  const read = parsed(text) as Partial<StationState> | null;
  return read?.village?.withoutNetwork && Array.isArray(read.volunteers) ? (read as StationState) : null;
}

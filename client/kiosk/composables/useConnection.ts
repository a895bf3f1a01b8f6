import { onBeforeUnmount, onMounted } from 'vue';
import type { Outcome } from '../../api/index.ts';
import type { ServerClock } from '../server-clock.ts';
import type { Station } from './station.ts';

/** With the time that an answer may take, a server that has gone or is back shows within five seconds. */
const PULSE_EVERY_MS = 2000;
/** The station's state is asked for less often: it costs several questions to the database. */
const STATE_EVERY_MS = 30_000;

export interface ConnectionParts {
  readonly station: Pick<Station, 'ask' | 'check' | 'isConnected' | 'stage' | 'state'>;
  /** Asks whether the server is alive; null where there is none to ask, as in the practice. */
  readonly askPulse: (() => Promise<Outcome<null>>) | null;
  readonly clock: ServerClock | null;
  readonly onBack: () => void;
  readonly now: () => number;
}

/** Looks once: the pulse each time, the state when it is due or the server has come back. */
export function createLook({
  station,
  askPulse,
  clock,
  onBack,
  now,
}: ConnectionParts): (isDue?: boolean) => Promise<void> {
  let stateAtMs = Number.NEGATIVE_INFINITY;

  async function readState(): Promise<boolean> {
    const askedAtMs = now();
    const before = station.state.value?.nowMs;
    const isAnswered = await station.check();
    const told = station.state.value?.nowMs;
    // A state that the device had kept tells no time of now.
    if (isAnswered && told !== undefined && told !== before) clock?.hear(told, now() - askedAtMs);
    stateAtMs = isAnswered ? askedAtMs : Number.NEGATIVE_INFINITY;
    return isAnswered;
  }

  return async (isDue = false) => {
    const wasConnected = station.isConnected.value;
    if (askPulse !== null) await station.ask(askPulse, () => undefined);
    // A clock that was set shows at once.
    clock?.offsetMs();
    if (!station.isConnected.value) {
      // A page that opens without network begins with what the station kept.
      if (station.state.value === null) await station.check();
      return;
    }
    const isOld = Math.abs(now() - stateAtMs) >= STATE_EVERY_MS;
    if (!isDue && wasConnected && !isOld && station.state.value !== null) return;
    if ((await readState()) && !wasConnected) onBack();
  };
}

/** Looks again and again, one look at a time. `again` runs it once after a pause; asked anew, it forgets the pause before. */
export function createRounds(
  look: (isDue: boolean) => Promise<void>,
  again: (run: () => void) => void,
): (isDue: boolean) => Promise<void> {
  let isLooking = false;
  return async function lookNow(isDue) {
    if (isLooking) return;
    isLooking = true;
    try {
      await look(isDue);
    } finally {
      // The next look comes also after one that failed.
      isLooking = false;
      again(() => void lookNow(false));
    }
  };
}

/** Keeps knowing whether the server can be reached. */
export function useConnection(parts: ConnectionParts): void {
  const look = createLook(parts);
  let timer: number | undefined;
  let isOver = false;
  const lookNow = createRounds(
    // Nobody is served on a device that is not paired: it asks nothing by itself.
    (isDue) => (parts.station.stage.value === 'pairing' ? Promise.resolve() : look(isDue)),
    (run) => {
      window.clearTimeout(timer);
      if (!isOver) timer = window.setTimeout(run, PULSE_EVERY_MS);
    },
  );

  const onChange = () => void lookNow(true);
  /** A tablet that was asleep asks before somebody reads its bar. */
  const onShown = () => {
    if (!document.hidden) onChange();
  };
  onMounted(() => {
    window.addEventListener('online', onChange);
    window.addEventListener('offline', onChange);
    document.addEventListener('visibilitychange', onShown);
    onChange();
  });
  onBeforeUnmount(() => {
    isOver = true;
    window.clearTimeout(timer);
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
    document.removeEventListener('visibilitychange', onShown);
  });
}

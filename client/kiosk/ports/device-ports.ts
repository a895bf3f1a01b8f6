import { shallowRef, watch } from 'vue';
import type { VillageCopy } from '../../copy/copy.ts';
import type { Api } from '../../api/index.ts';
import type { Device } from '../../device/device.ts';
import type { Station, StationState } from '../composables/station.ts';
import { createStation } from '../composables/useStation.ts';
import type { Memory } from '../memory.ts';
import type { ServerClock } from '../server-clock.ts';
import { type CounterOutbox, createCounterOutbox } from './counter-rows.ts';
import { createWithoutServer, type WithoutServer } from './without-server.ts';

/** Rows that a checked backup holds are forgotten, and those that a restored server lacks are sent again. */
const COMPARES_EVERY_MS = 15 * 60_000;
/** The copy asks for what changed this often. */
const REFRESHES_EVERY_MS = 3 * 60_000;

interface DevicePorts {
  readonly station: Station;
  readonly outbox: CounterOutbox;
  readonly alone: WithoutServer;
}

interface Parts {
  readonly plainApi: Api;
  readonly memory: Memory;
  readonly device: Device;
  readonly now: () => number;
  readonly newKey: () => string;
  readonly clock: ServerClock;
}

/** This device with its rows and its copy of the village, which need each other. */
export function createDevicePorts({ plainApi, memory, device, now, newKey, clock }: Parts): DevicePorts {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  const copy = shallowRef<VillageCopy | null>(null);
  // A page that cannot sign its rows does nothing without the server.
  const station: Station = createStation({
    ...{ plainApi, memory, now },
    alone: () => (outbox.isSigning() ? alone.shift : null),
  });
  const later = (ms: number, run: () => void) => void setTimeout(run, ms);
  const outbox = createCounterOutbox({
    ...{ device, station, memory, subtle, now, later, offsetMs: clock.offsetMs, hear: clock.hear },
    copyEntry: () => copy.value?.standing()?.entry ?? null,
  });
  const alone = createWithoutServer({
    outbox,
    station,
    now,
    newKey,
    serverMs: clock.serverMs,
    copy: () => copy.value,
    opened: () => opening ?? Promise.resolve(),
  });

  /** Another pairing has another key and another copy: the page begins anew. */
  function begin(): void {
    if (station.stage.value === 'pairing') return;
    if (outbox.hasKey() && memory.rowKey === null) location.reload();
    else void outbox.open();
  }
  watch(station.stage, begin);
  watch([station.stage, station.isConnected], () => outbox.wake());
  setInterval(() => {
    if (station.isConnected.value && station.stage.value !== 'pairing') void outbox.compare();
  }, COMPARES_EVERY_MS);

  let opening: Promise<void> | null = null;
  async function openCopy(state: StationState): Promise<void> {
    const owner = state.kiosk.id;
    const { openKeptCopy } = await import('./kept-copy.ts');
    const nowMs = () => now() + (clock.offsetMs() ?? 0);
    copy.value = await openKeptCopy({ device, station, nowMs, dayMs: clock.serverMs, owner });
  }
  /** The copy follows the book while the server is there, and goes with the pairing. */
  function follow(): void {
    if (station.stage.value === 'pairing') void copy.value?.wipe().catch(() => undefined);
    else if (station.isConnected.value) void copy.value?.refresh();
  }
  setInterval(follow, REFRESHES_EVERY_MS);
  watch(
    [copy, station.stage, station.isConnected, () => station.state.value?.village.withoutNetwork],
    follow,
  );
  watch(
    station.state,
    (state) => {
      if (opening !== null || subtle === undefined || !state?.village.withoutNetwork) return;
      // If its file cannot be had it is tried again with the next state.
      opening = openCopy(state).catch(() => void (opening = null));
    },
    { immediate: true, flush: 'sync' },
  );

  /** A copy that may not be here is not opened, and goes from the disk: after a theft, and where it was switched off meanwhile. */
  let isWiped = false;
  watch(
    [station.stage, station.state],
    ([stage, state]) => {
      const mayNotBe = stage === 'pairing' || (state !== null && !state.village.withoutNetwork);
      if (opening !== null || isWiped || subtle === undefined || !mayNotBe) return;
      isWiped = true;
      void import('../../copy/wipe-copy.ts')
        .then(({ wipeCopy }) => wipeCopy(device))
        .catch(() => void (isWiped = false));
    },
    { immediate: true },
  );

  return { station, outbox, alone };
}

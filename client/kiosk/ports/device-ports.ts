import { shallowRef, watch } from 'vue';
import type { VillageCopy } from '../../copy/copy.ts';
import { type Api, newKey } from '../../api/index.ts';
import type { Device } from '../../device/device.ts';
import { createStation, type Station, type StationState } from '../composables/useStation.ts';
import type { Memory } from '../memory.ts';
import { type CounterOutbox, createCounterOutbox } from './counter-rows.ts';
import { createWithoutServer, type WithoutServer } from './without-server.ts';

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
}

/** This device with its rows and its copy of the village, which need each other. */
export function createDevicePorts({ plainApi, memory, device, now }: Parts): DevicePorts {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  const copy = shallowRef<VillageCopy | null>(null);
  // A page that cannot sign its rows does nothing without the server.
  const station: Station = createStation({
    ...{ plainApi, memory, now },
    alone: () => (outbox.isSigning() ? alone.shift : null),
  });
  const later = (ms: number, run: () => void) => void setTimeout(run, ms);
  const outbox = createCounterOutbox({ device, station, memory, subtle, now, offsetMs: () => null, later });
  const alone = createWithoutServer({
    outbox,
    station,
    now,
    newKey,
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

  let opening: Promise<void> | null = null;
  async function openCopy(state: StationState): Promise<void> {
    const owner = state.kiosk.id;
    const every = (ms: number, run: () => void) => void setInterval(run, ms);
    const { keepCopy } = await import('./kept-copy.ts');
    copy.value = await keepCopy({ device, station, nowMs: now, owner, every });
  }
  watch(
    station.state,
    (state) => {
      if (opening !== null || subtle === undefined || !state?.village.withoutNetwork) return;
      // If its file cannot be had it is tried again with the next state.
      opening = openCopy(state).catch(() => void (opening = null));
    },
    { immediate: true, flush: 'sync' },
  );

  return { station, outbox, alone };
}

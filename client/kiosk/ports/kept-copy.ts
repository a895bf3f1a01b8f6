import { watch } from 'vue';
import { openVillageCopy, type VillageCopy } from '../../copy/copy.ts';
import { createCopyServer } from '../../copy/copy-server.ts';
import { createPinVerifier } from '../../copy/verify-pin.ts';
import type { Device } from '../../device/device.ts';
import type { Station } from '../composables/useStation.ts';

/** The copy follows the book this often while nobody is served; it is asked for changes alone. */
const REFRESH_EVERY_MS = 3 * 60_000;

interface Parts {
  readonly device: Device;
  readonly station: Pick<Station, 'api' | 'state' | 'stage' | 'isConnected'>;
  readonly nowMs: () => number;
  /** The kiosk of this pairing. */
  readonly owner: string;
  readonly every: (ms: number, run: () => void) => void;
}

/** Opens the copy of this pairing and keeps it fresh while the server is there. It goes with the pairing. */
export async function keepCopy({ device, station, nowMs, owner, every }: Parts): Promise<VillageCopy> {
  const server = createCopyServer(station.api);
  const copy = await openVillageCopy({ device, server, crypto, nowMs, owner, verify: createPinVerifier() });
  const follow = () => {
    if (station.stage.value === 'pairing') void copy.wipe().catch(() => undefined);
    else if (station.isConnected.value) void copy.refresh();
  };
  every(REFRESH_EVERY_MS, follow);
  watch([station.stage, station.isConnected, () => station.state.value?.village.withoutNetwork], follow, {
    immediate: true,
  });
  return copy;
}

import { openVillageCopy, type VillageCopy } from '../../copy/copy.ts';
import { createCopyServer } from '../../copy/copy-server.ts';
import { createPinVerifier } from '../../copy/verify-pin.ts';
import type { Device } from '../../device/device.ts';
import type { Station } from '../composables/station.ts';

interface Parts {
  readonly device: Device;
  readonly station: Pick<Station, 'api'>;
  readonly nowMs: () => number;
  readonly dayMs: () => number;
  /** The kiosk of this pairing. */
  readonly owner: string;
}

/** Opens the copy of this pairing. */
export function openKeptCopy({ device, station, nowMs, dayMs, owner }: Parts): Promise<VillageCopy> {
  const server = createCopyServer(station.api);
  return openVillageCopy({ device, server, crypto, nowMs, dayMs, owner, verify: createPinVerifier() });
}

import { shallowRef } from 'vue';
import type { Device } from '../../device/device.ts';
import { createOutboxDisk } from '../../outbox/outbox-disk.ts';
import type { OutboxView } from '../composables/useOutboxView.ts';

/** Shows the rows that the disk held when the page began, where nothing sends them. */
export async function rowsOnDisk(device: Device): Promise<OutboxView> {
  const kept = await createOutboxDisk(device)
    .read()
    .catch(() => null);
  return {
    rows: shallowRef(kept?.rows ?? []),
    blockedBy: () => null,
    isSigning: () => kept?.keys.some(({ pair }) => pair !== null) ?? false,
  };
}

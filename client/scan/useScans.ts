import { onBeforeUnmount, onMounted, watch } from 'vue';
import { createScanDetector, SCAN_TIMING } from './detector.ts';
import { listenForScans } from './listen-for-scans.ts';

/** In an office people type fast; no card, barcode or card's address is shorter than this. */
export const OFFICE_CODE_LENGTH_MIN = 8;

interface ScanOptions {
  readonly minLength?: number;
  /** Whether scans are read at present. */
  readonly isOn?: () => boolean;
}

/**
 * Hears a USB scanner for as long as the component is there, whatever has the focus. Nothing of a scan reaches a
 * field or a button. Only one component of a page may use it at a time: two would both take the same scan.
 */
export function useScans(
  onScan: (text: string) => void,
  { minLength = SCAN_TIMING.minLength, isOn = () => true }: ScanOptions = {},
): void {
  let stop: (() => void) | undefined;
  function listen(on: boolean): void {
    stop?.();
    stop = on
      ? listenForScans(window, createScanDetector({ ...SCAN_TIMING, minLength }), { onScan })
      : undefined;
  }
  // Not before: the component this one takes the place of listens until it is gone.
  onMounted(() => watch(isOn, listen, { immediate: true }));
  onBeforeUnmount(() => listen(false));
}

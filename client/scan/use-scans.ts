import { onBeforeUnmount, onMounted } from 'vue';
import { createScanDetector, SCAN_TIMING } from './detector.ts';
import { listenForScans } from './listen.ts';

/** In an office people type fast; no card, barcode or card's address is shorter than this. */
export const OFFICE_CODE_LENGTH_MIN = 8;

/**
 * Hears a USB scanner for as long as the component is there, whatever has the focus. Nothing of a scan reaches a
 * field or a button. One component of a page at a time.
 */
export function useScans(onScan: (text: string) => void, { minLength = SCAN_TIMING.minLength } = {}): void {
  let stop: (() => void) | undefined;
  onMounted(() => {
    stop = listenForScans(window, createScanDetector({ ...SCAN_TIMING, minLength }), { onScan });
  });
  onBeforeUnmount(() => stop?.());
}

/** Line drawings of the kiosk alone, fetched after its page. */
export const KIOSK_ICONS = {
  netOff: [
    'M2 9a15 15 0 0 1 20 0',
    'M5 12.5a10 10 0 0 1 14 0',
    'M8.5 16a5 5 0 0 1 7 0',
    'M12 19.5v.1',
    'M3 3l18 18',
  ],
  clock: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z', 'M12 7v5l3.5 2'],
} as const satisfies Record<string, readonly string[]>;

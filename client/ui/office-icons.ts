/** Line drawings that only the desk and the kiosk use: phones and the board do not fetch them. */
export const OFFICE_ICONS = {
  minus: ['M5 12h14'],
  menu: ['M4 7h16', 'M4 12h16', 'M4 17h16'],
  print: ['M7 9V4h10v5', 'M7 17H4V9h16v8h-3', 'M7 14h10v6H7z'],
  copy: ['M9 9h11v11H9z', 'M5 15H4V4h11v1'],
  download: ['M12 4v11', 'M7 10.5l5 5 5-5', 'M5 20h14'],
  upload: ['M12 16V5', 'M7 9.5l5-5 5 5', 'M5 20h14'],
  lock: ['M6 11h12v9H6z', 'M8.5 11V8a3.5 3.5 0 0 1 7 0v3', 'M12 14.5v2.5'],
  gear: [
    'M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
    'M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1',
  ],
  list: [
    'M4 6l1.5 1.5L8 5',
    'M11 6.5h9',
    'M4 12.5L5.5 14 8 11.5',
    'M11 13h9',
    'M4 19l1.5 1.5L8 18',
    'M11 19.5h9',
  ],
  ledger: ['M6 3h12v18H6z', 'M9 8h6', 'M9 12h6', 'M9 16h3'],
  person: ['M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8z', 'M4.5 21c0-4.2 3.2-7 7.5-7s7.5 2.8 7.5 7'],
  chart: ['M4 4v16h16', 'M9 16v-5', 'M13.5 16V8', 'M18 16v-3'],
  notice: ['M5 4h14v16H5z', 'M9 8h6', 'M9 12h6', 'M12 16v.1'],
  card: ['M3 6h18v12H3z', 'M3 10h18', 'M7 14.5h4'],
  net: ['M2 9a15 15 0 0 1 20 0', 'M5 12.5a10 10 0 0 1 14 0', 'M8.5 16a5 5 0 0 1 7 0', 'M12 19.5v.1'],
  camera: ['M3 7h4l2-3h6l2 3h4v13H3z', 'M12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8z'],
} as const satisfies Record<string, readonly string[]>;

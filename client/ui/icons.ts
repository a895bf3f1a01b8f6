import type { KIOSK_ICONS } from './kiosk-icons.ts';
import type { OFFICE_ICONS } from './office-icons.ts';

/** Line drawings on a 24 × 24 field, one stroke each, of every face. */
export const ICONS = {
  check: ['M5 12.5l4.5 4.5L19 7.5'],
  cross: ['M6 6l12 12', 'M18 6L6 18'],
  info: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z', 'M12 11v5.5', 'M12 7.6v.1'],
  warning: ['M12 3.8L2.8 20h18.4L12 3.8z', 'M12 10v4.5', 'M12 17.2v.1'],
  stop: ['M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2L8.2 3z', 'M9 9l6 6', 'M15 9l-6 6'],
  done: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z', 'M8 12.3l2.8 2.8L16 9.6'],
  back: ['M15 5l-7 7 7 7'],
  forward: ['M9 5l7 7-7 7'],
  down: ['M5 9l7 7 7-7'],
  search: ['M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z', 'M15.5 15.5L20 20'],
  plus: ['M12 5v14', 'M5 12h14'],
  swap: ['M4 8h14l-3.5-3.5', 'M20 16H6l3.5 3.5'],
  undo: ['M8 5L4 9l4 4', 'M4 9h10a5.5 5.5 0 0 1 0 11h-3'],
  sound: ['M4 10v4h4l5 4V6L8 10H4z', 'M16.5 9a4.5 4.5 0 0 1 0 6', 'M19 6.5a8 8 0 0 1 0 11'],
  home: ['M4 11l8-7 8 7', 'M6 10v10h12V10', 'M10 20v-6h4v6'],
  star: ['M12 4l2.5 5.2 5.7.8-4.1 4 1 5.7L12 17l-5.1 2.7 1-5.7-4.1-4 5.7-.8L12 4z'],
  stamp: ['M9 13V9a3 3 0 1 1 6 0v4', 'M6 13h12v4H6z', 'M5 20h14'],
  people: [
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
    'M3 20c0-3.5 2.5-6 6-6s6 2.5 6 6',
    'M16 4.5a3.5 3.5 0 0 1 0 6',
    'M17.5 14.5c2.2.8 3.5 2.8 3.5 5.5',
  ],
  book: ['M5 4h10a4 4 0 0 1 4 4v12H9a4 4 0 0 1-4-4V4z', 'M9 9h6', 'M9 13h6'],
  basket: ['M4 9h16l-2 11H6L4 9z', 'M8 9l3-5', 'M16 9l-3-5'],
  screen: ['M4 5h16v11H4z', 'M9 20h6', 'M12 16v4'],
  phone: ['M7 3h10v18H7z', 'M11 18h2'],
} as const satisfies Record<string, readonly string[]>;

export type IconName = keyof typeof ICONS | keyof typeof OFFICE_ICONS | keyof typeof KIOSK_ICONS;

const drawings: Partial<Record<string, readonly string[]>> = { ...ICONS };

/** Adds the drawings that the light faces do without; the others do it before they are shown. */
export function addIcons(more: typeof OFFICE_ICONS | typeof KIOSK_ICONS): void {
  Object.assign(drawings, more);
}

/** The strokes of a drawing. */
export function strokesOf(name: IconName): readonly string[] {
  return drawings[name] ?? [];
}

import type { Place } from '../api-base.ts';

export const endpoints = {
  'copy.whole': 'GET /kiosk/copy',
  'copy.changes': 'GET /kiosk/copy/changes',
} as const satisfies Record<string, Place>;

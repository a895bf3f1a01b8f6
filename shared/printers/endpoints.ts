import type { Place } from '../api-base.ts';

export const endpoints = {
  'printers.get': 'GET /printer',
  'printers.set': 'POST /printer',
  'printers.clear': 'POST /printer/removal',
  'printers.test': 'POST /printer/test-page',
  'printers.receipt': 'POST /kiosk/receipts',
  'printers.return': 'POST /kiosk/return-slips',
  'printers.statement': 'POST /kiosk/statements',
} as const satisfies Record<string, Place>;

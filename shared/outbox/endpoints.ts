import type { Place } from '../api-base.ts';

export const endpoints = {
  'outbox.register': 'POST /outbox/devices',
  'outbox.send': 'POST /outbox/rows',
  'outbox.compare': 'POST /outbox/comparison',
  'outbox.devices': 'GET /outbox/devices',
  'outbox.late': 'GET /outbox/late',
  'outbox.lateShifts': 'GET /outbox/late/shifts',
  'outbox.settleShift': 'POST /outbox/late/shifts/:id/settlement',
  'outbox.settle': 'POST /outbox/late/:id/settlement',
  'outbox.takeIn': 'POST /outbox/files',
  'outbox.confirmKey': 'POST /outbox/devices/:id/confirmation',
  'outbox.writeOff': 'POST /outbox/devices/:id/write-off',
} as const satisfies Record<string, Place>;

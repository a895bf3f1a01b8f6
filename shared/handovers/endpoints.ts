import type { Place } from '../api-base.ts';

export const endpoints = {
  'handovers.list': 'GET /handovers',
  'handovers.people': 'GET /handovers/people',
  'handovers.get': 'GET /handovers/:id',
  'handovers.withdraw': 'POST /handovers/:id/withdraw',
  'handovers.start': 'POST /handovers',
  'handovers.sign': 'POST /handovers/:id/signatures',
} as const satisfies Record<string, Place>;

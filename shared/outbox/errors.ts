import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'outbox.unknown': { status: 404, kind: 'refused' },
  'outbox.key': { status: 422, kind: 'refused' },
  'outbox.signature': { status: 422, kind: 'refused' },
  'outbox.unsigned': { status: 403, kind: 'refused' },
  'outbox.not_ours': { status: 403, kind: 'refused' },
  'outbox.body': { status: 422, kind: 'refused' },
  'outbox.other_row': { status: 409, kind: 'refused' },
  'outbox.not_found': { status: 404, kind: 'refused' },
  'outbox.settled': { status: 409, kind: 'refused' },
  'outbox.switched_off': { status: 403, kind: 'refused' },
  'outbox.unconfirmed': { status: 403, kind: 'refused' },
  'outbox.confirmed': { status: 409, kind: 'refused' },
  'outbox.keys_waiting': { status: 429, kind: 'retry' },
  'outbox.declined_often': { status: 429, kind: 'retry' },
  'outbox.settle_moved': { status: 409, kind: 'refused' },
  'outbox.given_up': { status: 409, kind: 'refused' },
  'outbox.superseded': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

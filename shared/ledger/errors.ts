import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'ledger.malformed': { status: 422, kind: 'refused' },
  'ledger.unbalanced': { status: 422, kind: 'refused' },
  'ledger.no_book': { status: 404, kind: 'refused' },
  'ledger.entry_not_found': { status: 404, kind: 'refused' },
  'ledger.already_reversed': { status: 409, kind: 'refused' },
  'ledger.partly_returned': { status: 409, kind: 'refused' },
  'ledger.not_reversible': { status: 409, kind: 'refused' },
  'ledger.hold_not_found': { status: 404, kind: 'refused' },
  'ledger.hold_resolved': { status: 409, kind: 'refused' },
  'ledger.hold_exceeded': { status: 422, kind: 'refused' },
  'ledger.points_short': { status: 422, kind: 'refused' },
  'ledger.stock_short': { status: 422, kind: 'refused' },
  'ledger.floor': { status: 422, kind: 'refused' },
  'ledger.overflow': { status: 422, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

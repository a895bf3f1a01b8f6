import type { ErrorSpec } from '../error-spec.ts';

/** None of them is tried again by itself: a slip that came out after all would come out twice. */
export const errors = {
  'printer.unusable_address': { status: 422, kind: 'refused' },
  'printer.none': { status: 409, kind: 'refused' },
  'printer.unreachable': { status: 409, kind: 'refused' },
  'printer.broken_off': { status: 409, kind: 'refused' },
  'printer.stuck': { status: 409, kind: 'refused' },
  'printer.no_paper': { status: 409, kind: 'refused' },
  'printer.busy': { status: 409, kind: 'refused' },
  'printer.under_way': { status: 409, kind: 'refused' },
  'printer.statement_over': { status: 403, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

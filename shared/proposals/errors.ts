import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'proposal.not_found': { status: 404, kind: 'refused' },
  'proposal.state': { status: 409, kind: 'refused' },
  'proposal.changed': { status: 409, kind: 'refused' },
  'proposal.none_chosen': { status: 422, kind: 'refused' },
  'proposal.too_many_chosen': { status: 422, kind: 'refused' },
  'proposal.opening_stands': { status: 409, kind: 'refused' },
  'proposal.not_a_deed': { status: 409, kind: 'refused' },
  'proposal.member_missing': { status: 422, kind: 'refused' },
  'proposal.event_missing': { status: 422, kind: 'refused' },
  'proposal.future_day': { status: 422, kind: 'refused' },
  'proposal.reason_missing': { status: 422, kind: 'refused' },
  'proposal.nothing_to_reverse': { status: 409, kind: 'refused' },
  'proposal.reversal_waiting': { status: 409, kind: 'refused' },
  'proposal.own_entry': { status: 403, kind: 'refused' },
  'proposal.own_household': { status: 403, kind: 'refused' },
  'proposal.administrator': { status: 403, kind: 'refused' },
  'proposal.unconfirmed': { status: 403, kind: 'refused' },
  'proposal.before_confirmed': { status: 403, kind: 'refused' },
  'proposal.contested': { status: 409, kind: 'refused' },
  'proposal.not_yours': { status: 403, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'round.not_found': { status: 404, kind: 'refused' },
  'round.state': { status: 409, kind: 'refused' },
  'round.day': { status: 422, kind: 'refused' },
  'round.households': { status: 422, kind: 'refused' },
  'round.judges': { status: 422, kind: 'refused' },
  'round.kin': { status: 422, kind: 'refused' },
  'round.bands': { status: 422, kind: 'refused' },
  'round.not_award': { status: 422, kind: 'refused' },
  'round.not_judge': { status: 404, kind: 'refused' },
  'round.judge_keys': { status: 403, kind: 'refused' },
  'round.own_sheet': { status: 409, kind: 'refused' },
  'round.changed': { status: 409, kind: 'refused' },
  'round.marks': { status: 422, kind: 'refused' },
  'round.own_household': { status: 422, kind: 'refused' },
  'round.sheets_missing': { status: 409, kind: 'refused' },
  'round.left_out': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

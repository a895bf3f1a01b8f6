import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'backup.busy': { status: 409, kind: 'retry' },
  'backup.failed': { status: 422, kind: 'refused' },
  'backup.not_found': { status: 404, kind: 'refused' },
  'backup.shared': { status: 403, kind: 'refused' },
  'backup.village_name': { status: 422, kind: 'refused' },
  'backup.other_village': { status: 422, kind: 'refused' },
  'backup.made_elsewhere': { status: 422, kind: 'refused' },
  'backup.not_restored': { status: 422, kind: 'refused' },
  'backup.outcome_unknown': { status: 503, kind: 'refused', moved: 'unknown' },
  'backup.upload_too_large': { status: 413, kind: 'refused' },
  'backup.upload_gone': { status: 404, kind: 'refused' },
  'backup.upload_broken': { status: 409, kind: 'refused' },
  'backup.no_room': { status: 422, kind: 'refused' },
  'backup.not_taken': { status: 422, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

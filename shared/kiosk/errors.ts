import type { ErrorSpec } from '../error-spec.ts';

export const errors = {
  'kiosk.pairing': { status: 403, kind: 'refused' },
  'kiosk.not_found': { status: 404, kind: 'refused' },
  'kiosk.revoked': { status: 401, kind: 'refused' },
  'kiosk.shift_over': { status: 401, kind: 'refused' },
  'kiosk.nothing_new': { status: 409, kind: 'refused' },
  'kiosk.looked_often': { status: 429, kind: 'retry' },
  'volunteer.not_found': { status: 404, kind: 'refused' },
  'volunteer.name_taken': { status: 409, kind: 'refused' },
  'volunteer.nothing_to_confirm': { status: 409, kind: 'refused' },
  'volunteer.confirm_own': { status: 403, kind: 'refused' },
  'volunteer.unconfirmed': { status: 403, kind: 'refused' },
  'redemption.not_found': { status: 404, kind: 'refused' },
  'redemption.own_household': { status: 403, kind: 'refused' },
  'redemption.absent': { status: 403, kind: 'refused' },
  'redemption.pin_needed': { status: 403, kind: 'refused' },
  'redemption.vouched_over': { status: 403, kind: 'refused' },
  'redemption.second_needed': { status: 403, kind: 'refused' },
  'redemption.empty': { status: 422, kind: 'refused' },
  'redemption.undo_late': { status: 409, kind: 'refused' },
  'redemption.undone': { status: 409, kind: 'refused' },
} as const satisfies Record<string, ErrorSpec>;

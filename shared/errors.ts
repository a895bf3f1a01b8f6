/**
 * Every error a caller can meet, by stable code. One code travels from the database to the sentence on the
 * screen (shared/messages). Kinds: `retry` — the same request may succeed later; `refused` — a rule says no;
 * `bug` — ours. `moved` answers the question people ask first: did points move? `unknown` means: ask again
 * with the same idempotency key.
 */

export type ErrorKind = 'retry' | 'refused' | 'bug';

interface ErrorSpec {
  readonly status: number;
  readonly kind: ErrorKind;
  readonly moved?: 'no' | 'unknown';
}

export const ERRORS = {
  // The request itself
  'request.invalid': { status: 400, kind: 'refused' },
  'request.not_json': { status: 415, kind: 'refused' },
  'request.too_large': { status: 413, kind: 'refused' },
  'request.not_found': { status: 404, kind: 'refused' },
  'request.method': { status: 405, kind: 'refused' },
  'request.slow': { status: 408, kind: 'retry' },
  'request.too_many': { status: 429, kind: 'retry' },
  'idempotency.missing': { status: 400, kind: 'refused' },
  'idempotency.conflict': { status: 409, kind: 'refused' },
  // Who is asking
  'auth.required': { status: 401, kind: 'refused' },
  'auth.expired': { status: 401, kind: 'refused' },
  'auth.wrong': { status: 401, kind: 'refused' },
  'auth.locked': { status: 429, kind: 'retry' },
  'auth.forbidden': { status: 403, kind: 'refused' },
  'auth.weak_password': { status: 422, kind: 'refused' },
  'auth.session_ended': { status: 401, kind: 'refused' },
  'auth.refresh_race': { status: 401, kind: 'retry' },
  'auth.must_change_password': { status: 403, kind: 'refused' },
  // Setting up
  'setup.done': { status: 409, kind: 'refused' },
  'setup.code': { status: 403, kind: 'refused' },
  // The ledger, in the order it looks (server/ledger/post.ts)
  'ledger.malformed': { status: 422, kind: 'refused' },
  'ledger.unbalanced': { status: 422, kind: 'refused' },
  'ledger.no_book': { status: 404, kind: 'refused' },
  'ledger.entry_not_found': { status: 404, kind: 'refused' },
  'ledger.already_reversed': { status: 409, kind: 'refused' },
  'ledger.not_reversible': { status: 409, kind: 'refused' },
  'ledger.hold_not_found': { status: 404, kind: 'refused' },
  'ledger.hold_resolved': { status: 409, kind: 'refused' },
  'ledger.hold_exceeded': { status: 422, kind: 'refused' },
  'ledger.points_short': { status: 422, kind: 'refused' },
  'ledger.stock_short': { status: 422, kind: 'refused' },
  'ledger.floor': { status: 422, kind: 'refused' },
  'ledger.overflow': { status: 422, kind: 'refused' },
  // A book out of a file
  'journal.unreadable': { status: 422, kind: 'refused' },
  'journal.version': { status: 422, kind: 'refused' },
  'journal.damaged': { status: 422, kind: 'refused' },
  'journal.not_empty': { status: 409, kind: 'refused' },
  // Domain
  'notice.days': { status: 422, kind: 'refused' },
  'village.not_found': { status: 404, kind: 'refused' },
  'household.not_found': { status: 404, kind: 'refused' },
  'household.number_taken': { status: 409, kind: 'refused' },
  'household.no_pin': { status: 409, kind: 'refused' },
  'household.closed': { status: 409, kind: 'refused' },
  'household.open': { status: 409, kind: 'refused' },
  'household.not_closed': { status: 409, kind: 'refused' },
  'household.erased': { status: 409, kind: 'refused' },
  'household.waiting': { status: 409, kind: 'refused' },
  'household.held': { status: 409, kind: 'refused' },
  'household.same': { status: 422, kind: 'refused' },
  'household.split_points': { status: 422, kind: 'refused' },
  'card.unknown': { status: 404, kind: 'refused' },
  'card.revoked': { status: 409, kind: 'refused' },
  'paper.unreadable': { status: 422, kind: 'refused' },
  'paper.too_large': { status: 413, kind: 'refused' },
  'paper.too_many': { status: 409, kind: 'refused' },
  'paper.not_found': { status: 404, kind: 'refused' },
  'paper.committed': { status: 409, kind: 'refused' },
  'paper.nothing': { status: 422, kind: 'refused' },
  'rule.not_found': { status: 404, kind: 'refused' },
  'rule.code_taken': { status: 409, kind: 'refused' },
  'rule.disabled': { status: 409, kind: 'refused' },
  'rule.points': { status: 422, kind: 'refused' },
  'rule.cap_incomplete': { status: 422, kind: 'refused' },
  'rule.cap_times': { status: 422, kind: 'refused' },
  'rule.cap_points': { status: 422, kind: 'refused' },
  'rule.forbidden_subject': { status: 422, kind: 'refused' },
  'proposal.not_found': { status: 404, kind: 'refused' },
  'proposal.state': { status: 409, kind: 'refused' },
  'proposal.changed': { status: 409, kind: 'refused' },
  'proposal.none_chosen': { status: 422, kind: 'refused' },
  'proposal.too_many_chosen': { status: 422, kind: 'refused' },
  'proposal.opening_stands': { status: 409, kind: 'refused' },
  'proposal.not_a_deed': { status: 409, kind: 'refused' },
  'proposal.future_day': { status: 422, kind: 'refused' },
  'proposal.reason_missing': { status: 422, kind: 'refused' },
  'proposal.reversal_waiting': { status: 409, kind: 'refused' },
  'proposal.own_entry': { status: 403, kind: 'refused' },
  'proposal.own_household': { status: 403, kind: 'refused' },
  'proposal.not_yours': { status: 403, kind: 'refused' },
  'picture.not_jpeg': { status: 422, kind: 'refused' },
  'picture.broken': { status: 422, kind: 'refused' },
  'picture.too_large': { status: 413, kind: 'refused' },
  'picture.too_many': { status: 409, kind: 'refused' },
  'picture.not_found': { status: 404, kind: 'refused' },
  'goods.not_found': { status: 404, kind: 'refused' },
  'goods.name_taken': { status: 409, kind: 'refused' },
  'goods.barcode_taken': { status: 409, kind: 'refused' },
  'goods.disabled': { status: 409, kind: 'refused' },
  'goods.limit': { status: 422, kind: 'refused' },
  'goods.price_changed': { status: 409, kind: 'refused' },
  'goods.no_stock': { status: 422, kind: 'refused' },
  'goods.has_stock': { status: 409, kind: 'refused' },
  'kiosk.pairing': { status: 403, kind: 'refused' },
  'kiosk.not_found': { status: 404, kind: 'refused' },
  'kiosk.revoked': { status: 401, kind: 'refused' },
  'kiosk.shift_over': { status: 401, kind: 'refused' },
  'kiosk.looked_often': { status: 429, kind: 'retry' },
  'volunteer.not_found': { status: 404, kind: 'refused' },
  'volunteer.name_taken': { status: 409, kind: 'refused' },
  'redemption.not_found': { status: 404, kind: 'refused' },
  'redemption.pin_needed': { status: 403, kind: 'refused' },
  'redemption.empty': { status: 422, kind: 'refused' },
  'redemption.undo_late': { status: 409, kind: 'refused' },
  'redemption.undone': { status: 409, kind: 'refused' },
  'me.no_pin': { status: 403, kind: 'refused' },
  'me.helper': { status: 403, kind: 'refused' },
  'phone.not_found': { status: 404, kind: 'refused' },
  'staff.not_found': { status: 404, kind: 'refused' },
  'staff.username_taken': { status: 409, kind: 'refused' },
  'staff.last_admin': { status: 409, kind: 'refused' },
  'staff.own_households': { status: 403, kind: 'refused' },
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
  // Us
  'server.busy': { status: 503, kind: 'retry', moved: 'no' },
  'server.unknown_outcome': { status: 503, kind: 'retry', moved: 'unknown' },
  'server.disk_full': { status: 503, kind: 'retry', moved: 'no' },
  'server.read_only': { status: 503, kind: 'retry', moved: 'no' },
  'server.damaged': { status: 503, kind: 'retry', moved: 'no' },
  'server.clock': { status: 503, kind: 'retry', moved: 'no' },
  'server.stopping': { status: 503, kind: 'retry', moved: 'no' },
  'server.restoring': { status: 503, kind: 'retry', moved: 'no' },
  'server.bug': { status: 500, kind: 'bug', moved: 'no' },
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof ERRORS;

export type ErrorParams = Readonly<Record<string, string | number>>;

/** Thrown where a rule says no; carries the code and the figures its sentence needs, never prose. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
  }
}

export function errorSpec(code: ErrorCode): ErrorSpec {
  return ERRORS[code];
}

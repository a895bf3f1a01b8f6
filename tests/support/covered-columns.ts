/**
 * Every column of every table, and what becomes of a change of it that nobody did through the program. A new column
 * without a line here fails the test (tests/faults/tamper-columns.test.ts).
 */

/** A change of the column is named by `verify`. */
export interface Named {
  readonly kind: 'named';
  /** The rows in which it is, if not in all. */
  readonly where?: string;
  /** The book tells that there is a value, not which: only a value taken away, or put where there is none, is named. */
  readonly presence?: true;
}

/** Nobody would know, and why that is no loss. Or the change is tried elsewhere. */
export type Line = Named | string;

const named: Named = { kind: 'named' };
const presence: Named = { kind: 'named', presence: true };
const where = (sql: string): Named => ({ kind: 'named', where: sql });

const LEDGER = 'tried row by row in tests/faults/tamper.test.ts';
const TIME = 'a time by which nothing is decided; the act or entry has its own';
const SECRET = 'the hash of a secret: acts say only that it is new';
const LOG_IN = 'a log-in or what guards it: it ends by itself, and changes nothing of the village';
const SUM = 'a sum for a screen, made anew from the rows that are compared';
const ORDER = 'the place in a list on a screen';
const PAPER = 'a paper that is being read; what it wrote is told by the acts of its commit';
const PICTURE = 'a photo as evidence: it is looked at, not counted, and deleted after its time';
const ERASABLE = 'goes with the words when a household is erased; verify asks that one was, afterwards';
const SIGNED = where("kind = 'opening' or id in (select document_id from signatures)");
/** The names in a proposal that waits are words, too. */
const CHANGED = where("change is not null and state = 'posted'");
/** An account that ends gives away what is there on that day: before, or where that is nothing, the figure is only shown. */
const MOVED = where("kind not in ('merge', 'departure') or journal_number is not null");
const POSTED = where("state = 'posted' and journal_number is not null");

export const COLUMNS: Readonly<Record<string, Readonly<Record<string, Line>> | string>> = {
  ledger_heads: LEDGER,
  accounts: LEDGER,
  balances: LEDGER,
  account_months: LEDGER,
  journal: LEDGER,
  postings: LEDGER,
  journal_facts: LEDGER,
  journal_texts: LEDGER,
  verifications: 'the outcome of a verification; the next one takes its place',
  villages: {
    ...{ id: named, name: named, town: named, is_demo: named, settings: named, opened_at_ms: named },
    created_at_ms: TIME,
  },
  installation: 'says only that a first village was set up',
  setup_notes: { village_id: named, step: named, staff_id: named, noted_at_ms: TIME },
  households: {
    ...{ village_id: named, id: named, number: named, number_key: named, original_number: named },
    ...{ original_key: named, group_name: named, head: named, head_pinyin: named, size: named, phone: named },
    ...{ note: named, state: named, shows_name: named, successor_id: named },
    ...{ pin_hash: presence, closed_at_ms: presence, erased_at_ms: presence },
    goal_goods_id: 'a wish of the household’s own, from which nothing follows',
    pin_set_at_ms: 'a time; whoever could write it could put the hash of a PIN of their own beside it',
    ...{ created_at_ms: TIME, updated_at_ms: TIME },
  },
  pin_slips: 'kept for a day; what it shows is encrypted with its household',
  cards: {
    ...{ village_id: named, code: named, household_id: named, revoked_at_ms: presence },
    ...{ issued_at_ms: TIME, printed_at_ms: TIME },
  },
  staff: {
    ...{ village_id: named, id: named, username: named, display_name: named, roles: named },
    ...{ household_ids: named, unconfirmed_by: named },
    ...{ confirmed_at_ms: presence, confirmed_until_ms: presence, unconfirmed_since_ms: presence },
    ...{ disabled_at_ms: presence, password_hash: SECRET, must_change_password: LOG_IN, created_at_ms: TIME },
  },
  sessions: LOG_IN,
  auth_failures: LOG_IN,
  commands: 'answers kept for a request that is repeated',
  print_jobs:
    'keeps a slip from being printed twice, for a day; what it says is read from the rows that are compared',
  rules: { village_id: named, id: named, code: named, current_version: named, position: ORDER },
  rule_versions: {
    ...{ village_id: named, rule_id: named, version: named, category: named, title: named },
    ...{ points_mode: named, points: named, points_min: named, points_max: named, per_unit: named },
    ...{ proposer: named, evidence: named, limit_text: named, caps: named },
    ...{ enabled: named, changed_by: named, changed_at_ms: TIME },
    ...{ options: named, is_private: named, is_fit_for_old: named },
    ...{ effective_from: named, decided_by: named, decided_on: named, filed_on: named },
    ...{ withdrawn_by: named, withdrawn_at_ms: presence },
  },
  rule_uses: SUM,
  proposals: {
    ...{ village_id: named, id: named, batch_id: named, kind: named, state: named, household_id: named },
    ...{ rule_id: named, rule_version: named, points: MOVED, effective_on: MOVED, proposed_by: named },
    ...{ proposed_at_ms: named, decided_by: named, decided_at_ms: named, reason: named },
    ...{ journal_number: named, reverses_number: named, change: CHANGED },
    // Sealed as facts when the proposal is posted; until then the act of the notice has the list.
    ...{ seen_at_ms: where('seen_at_ms is not null'), notice_id: where('notice_id is not null') },
    // The words of a proposal that waits are sealed when it is posted.
    ...{ note: POSTED, option: POSTED, member: POSTED, event: POSTED },
    picture_ids: PICTURE,
    open_objections: named,
    judged_by: named,
    attendance: where('attendance is not null'),
  },
  proposal_events: {
    ...{ village_id: named, proposal_id: named, step: named, from_state: named, to_state: named },
    ...{ actor_id: named, at_ms: named },
    // The words of the last decision stand with the proposal, too.
    reason: where(
      "to_state = 'returned' and step = (select max(step) from proposal_events as other where other.proposal_id = proposal_events.proposal_id)",
    ),
  },
  deed_months: SUM,
  award_months: SUM,
  goods: {
    ...{ village_id: named, id: named, kind: named, category: named, name: named, unit: named, price: named },
    ...{ next_price: named, next_price_from: named, cost_fen: named, barcode: named, picture_id: named },
    ...{ chosen_drawing: named, monthly_limit: named, enabled: named },
    base_price: 'a week’s begin for counting small steps; the steps themselves are acts',
    base_price_on: 'a week’s begin for counting small steps; the steps themselves are acts',
    former_price: 'shown beside the price; acts have both',
    price_since: 'shown beside the price; acts have both',
    keeps_stock: 'follows from the kind, and for loans from the entries of its shelf',
    ...{ position: ORDER, created_at_ms: TIME },
  },
  donations: {
    ...{ village_id: named, journal_number: named, goods_id: named, donor: named, is_named: named },
    effective_on: named,
  },
  kiosks: {
    ...{ village_id: named, id: named, name: named },
    ...{ token_hash: presence, paired_at_ms: presence, revoked_at_ms: presence },
    ...{ pairing_hash: SECRET, pairing_expires_at_ms: TIME, last_seen_at_ms: TIME, created_at_ms: TIME },
  },
  volunteers: {
    ...{ village_id: named, id: named, name: named, household_ids: named, disabled_at_ms: presence },
    ...{ confirmed_at_ms: presence, unconfirmed_by: named, pin_hash: SECRET, created_at_ms: TIME },
  },
  shifts: {
    ...{ village_id: named, id: named, kiosk_id: named, volunteer_id: named, ended_at_ms: presence },
    by_device: named,
    ...{ token_hash: SECRET, started_at_ms: TIME, used_at_ms: TIME },
  },
  shift_counts: {
    ...{ village_id: named, id: named, kiosk_id: named, shift_id: named, phase: named },
    ...{ answers_id: named, without_network: named, lines: named, taken_at_ms: TIME, kept_at_ms: TIME },
  },
  redemptions: {
    ...{ village_id: named, id: named, household_id: named, kiosk_id: named, volunteer_id: named },
    ...{ shift_id: named, points: named, cost_fen: named, effective_on: named, booked_at_ms: named },
    journal_number: named,
  },
  redemption_lines: {
    ...{ village_id: named, journal_number: named, line: named, goods_id: named, name: named },
    ...{ quantity: named, price: named },
    unit: 'the word behind the figure; item, figure and price are compared',
  },
  outbox_devices: {
    ...{ village_id: named, id: named, kiosk_id: named, key_x: named, key_y: named },
    ...{ written_off_at_ms: presence, confirmed_at_ms: presence, confirmed_by: named },
    clock_offset_ms: 'shown on a screen; rows are compared with what their own request says',
    alarmed_at_ms: TIME,
    ...{ registered_at_ms: TIME, heard_at_ms: TIME, empty_at_ms: TIME, broken_at_ms: TIME },
  },
  outbox_rows: {
    id: 'names the row alone: what it booked is found by its key, and a settlement by this id',
    ...{ village_id: where('entry_number is not null'), device_id: named, key: named },
    ...{ number: named, kind: named, body: named, shift_id: named, at_ms: named, offset_ms: named },
    ...{ copy_number: named, before: named, hash: named, signature: named },
    ...{ done_how: named, done_at_ms: named, done_entry: named, done_signature: named },
    ...{
      marks: where('entry_number is not null'),
      is_marked: named,
      is_self_told: named,
      entry_number: where('entry_number is not null'),
    },
    thing_id: where('entry_number is not null'),
    settled_by: named,
    remark: 'the act of the settlement has it',
    amount: 'the total of the signed body, for sums',
    household_id: 'the household of its entry again, for finding it',
    made_at_ms: 'follows from the signed times',
    carried_by: 'which way it came; it is booked the same',
    ...{
      answer: 'told to the device; the entry says what was booked',
      code: 'why there is no entry',
      params: 'of that code',
    },
    ...{ received_at_ms: TIME, settled_at_ms: TIME },
  },
  returns: {
    id: 'names the row alone: its entry is found by number, and nothing points to it',
    ...{ village_id: named, redemption_number: named, household_id: named, kiosk_id: named },
    ...{ shift_id: named, actor_id: named, points: named, cost_fen: named, effective_on: named },
    ...{ booked_at_ms: named, journal_number: named },
  },
  return_lines: {
    ...{ village_id: named, journal_number: named, line: named, goods_id: named, quantity: named },
    cost_fen: named,
  },
  imports: PAPER,
  import_progress: PAPER,
  staged_rows: PAPER,
  pictures: PICTURE,
  leases: 'which process does a job now',
  changes: {
    ...{ village_id: named, id: named, operation: named, input: named, told: named, state: named },
    ...{ proposed_by: named, decided_by: named, salt: named },
    household_id: 'the thing in `told` again, for finding it',
    ...{
      reason: 'words beside it; the decider reads them',
      note: 'words beside it; its proposer reads them',
    },
    ...{ proposed_at_ms: TIME, decided_at_ms: TIME, used_at_ms: TIME },
  },
  frozen_documents: {
    ...{ village_id: SIGNED, kind: SIGNED, id: SIGNED, hash: named, body: named, head_number: named },
    after_number: 'stands in the body, too',
    frozen_at_ms: TIME,
  },
  reminders: {
    ...{ village_id: named, id: named, household_id: named, rule_id: named, words: named },
    // Another one of the village has every other number.
    number: where('number = (select max(number) from reminders)'),
    salt: ERASABLE,
    ...{ seen_on: named, due_on: named, made_by: named, made_at_ms: named },
    ...{ delivered_on: named, delivered_way: named, ended: named },
  },
  deduction_terms: {
    ...{ village_id: named, proposal_id: named, reminder_id: named },
    ...{ told_of: named, told_way: named, answer_until: named, agreed_of: named },
  },
  objections: {
    ...{ village_id: named, id: named, kind: named, channel: named, proposal_id: named },
    ...{ entry_number: named, notice_id: named, household_id: named, name: named, words: named },
    // Another one of the village has every other number.
    number: where('number = (select max(number) from objections)'),
    salt: ERASABLE,
    ...{ state: named, outcome: named, received_by: named, received_at_ms: named, due_on: named },
    answered_at_ms: named,
  },
  objection_events: {
    ...{ village_id: named, objection_id: named, step: named, from_state: named, to_state: named },
    ...{ outcome: named, actor_id: named, reason: named, at_ms: named },
    salt: ERASABLE,
  },
  reports: {
    ...{ village_id: named, id: named, kind: named, reporter_id: named, household_id: named },
    ...{ rule_id: named, rule_version: named, effective_on: named, words: named, reported_at_ms: named },
    // Another one of the village has every other number.
    number: where('number = (select max(number) from reports)'),
    ...{ salt: ERASABLE, step_salt: ERASABLE },
    ...{ state: named, proposal_id: named, checked_by: named, checked_at_ms: named, reason: named },
  },
  workdays: {
    ...{ village_id: named, id: named, title: named, day: named, from_clock: named, until_clock: named },
    ...{ place: named, rule_id: named, most: named, state: named, reason: named },
    ...{ announced_by: named, announced_at_ms: named, closed_by: named, closed_at_ms: named },
  },
  attendances: {
    ...{ village_id: named, id: named, workday_id: named, household_id: named, member: named, way: named },
    ...{ in_at_ms: named, out_at_ms: named, minutes: named, hours_reason: named },
    ...{ is_late: named, late_reason: named, is_left_out: named, left_out_reason: named },
    ...{ in_by: named, hours_by: named, agreed_by: named, batch_id: named },
  },
  signatures: {
    ...{ village_id: named, id: named, kind: named, document_id: named, hash: named, signed_by: named },
    ...{ roles: named, remark: named, salt: named },
    signed_at_ms: TIME,
  },
};

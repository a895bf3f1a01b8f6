/** States and transitions of a report from a phone, as data. It becomes a proposal when somebody of the village takes it up. */

/** A household tells of its own deed, or that another household helped it. */
export const REPORT_KINDS = ['own', 'helped'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export const REPORT_STATES = [
  /** It waits for the first check. */
  'waiting',
  /** The one who checked it proposed the deed: from here on the proposal says how it stands. */
  'taken_up',
  'not_accepted',
  'withdrawn',
] as const;
export type ReportState = (typeof REPORT_STATES)[number];

export const REPORT_STEPS = ['take_up', 'not_accept', 'withdraw'] as const;
export type ReportStep = (typeof REPORT_STEPS)[number];

interface ReportTransition {
  readonly from: ReportState;
  readonly to: ReportState;
  readonly by: 'checker' | 'reporter';
}

export const REPORT_TRANSITIONS: Readonly<Record<ReportStep, ReportTransition>> = {
  take_up: { from: 'waiting', to: 'taken_up', by: 'checker' },
  not_accept: { from: 'waiting', to: 'not_accepted', by: 'checker' },
  withdraw: { from: 'waiting', to: 'withdrawn', by: 'reporter' },
};

/** A phone hands in reports, or shows those that it handed in before the village stopped it. */
export const PHONE_REPORTS = ['open', 'past'] as const;
export type PhoneReports = (typeof PHONE_REPORTS)[number];

/** The phones of a household hand in at most so many in a day, and have no more of them waiting. */
export const REPORTS_BY_PHONE_MOST = 5;
/** A report has as many characters as the note of a proposal, which it becomes. */
export const REPORT_CHARACTERS = 200;
/** The reports that somebody may ask for. */
export const REPORT_FILTERS = ['waiting', 'done', 'all'] as const;
export type ReportFilter = (typeof REPORT_FILTERS)[number];

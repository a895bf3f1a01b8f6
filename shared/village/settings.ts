/** The address at which tablets, phones and the TV open this server, as the village chose it. */
export interface ChosenAddress {
  origin: string;
  /** It was an address of the server's own machine when it was chosen; only such a one can be seen to have changed. */
  isOwn: boolean;
  /** Somebody confirmed that the router always gives this machine this address. */
  isKept: boolean;
}

/** The printer of the shop on the village's own network. */
export interface VillagePrinter {
  /** An address of a private network, without a name: nobody is asked where it is. */
  host: string;
  port: number;
  /** Width of the roll in millimetres. */
  paper: 58 | 80;
  /** It has a knife. */
  cuts: boolean;
}

/** The part of a month's budget that one category of the rule book has for itself. */
export interface HeadBudget {
  head: string;
  hundredths: number;
}

/** The settings that a village decides for itself. They are stored as one document with the village. */
export interface VillageSettings {
  /** The value of one point in the shop, in fen. Often 100. */
  pointValueFen: number;
  /** A deduction or a reversal may take a household below zero; a redemption never may. */
  deductionsMayGoBelowZero: boolean;
  /** Deductions that may go below zero take no household further than this below it; null: as far as they go. */
  belowZeroMostHundredths: number | null;
  /** Business days are counted in this zone. */
  timeZone: string;
  /** At the counter, baskets of more points than this need the household's PIN; null: none does. */
  pinAboveHundredths: number | null;
  /** A second person agrees once the goods that come in on a day are worth more together. */
  deliveryNeedsSecondAboveFen: number;
  /** The most that a household is handed out on a day without network; null: nothing is. */
  withoutNetworkHundredths: number | null;
  /** The most that one kiosk hands out without network, all households together, until it has heard of the server again. */
  withoutNetworkKioskHundredths: number;
  /** A kiosk hands out nothing by a copy of the village that is older than so many days. */
  copyDaysMost: number;
  /** The most that a household without card and PIN redeems in a month if two people vouch for it; 0: nothing. */
  vouchedHundredthsAMonth: number;
  /**
   * An approved award is on notice for so many whole days before its points move; null: they move when it is approved.
   */
  noticeDays: number | null;
  /** Households hand in reports from their phones. */
  phonesReport: boolean;
  /** Group leaders do the first check of reports too; otherwise the committee alone does. */
  leadersCheckReports: boolean;
  /** An objection is answered within so many days after the day on which it came. */
  objectionDays: number;
  /** The most points that all awards of a calendar month give together; null: as many as are approved. */
  budgetHundredths: number | null;
  /** The parts of it that some categories have for themselves. All others share the rest. */
  budgetHeads: HeadBudget[];
  /** A household answers a deduction within so many whole days after it was told. */
  answerDays: number;
  /** Shown on the public board. */
  shopHours: string;
  /** Printed on cards; empty: none. */
  shopPhone: string;
  /** How people find the shop; printed on cards. */
  shopPlace: string;
  /** Null until somebody chose one. Only `address.choose` changes it. */
  address: ChosenAddress | null;
  /** Null: slips are printed by the browsers. Only `printers.set` and `printers.clear` change it. */
  printer: VillagePrinter | null;
}

export const DEFAULT_SETTINGS: VillageSettings = {
  pointValueFen: 100,
  deductionsMayGoBelowZero: false,
  belowZeroMostHundredths: null,
  timeZone: 'Asia/Shanghai',
  pinAboveHundredths: null,
  deliveryNeedsSecondAboveFen: 200_000,
  withoutNetworkHundredths: null,
  withoutNetworkKioskHundredths: 50_000,
  copyDaysMost: 14,
  vouchedHundredthsAMonth: 5000,
  noticeDays: null,
  phonesReport: true,
  leadersCheckReports: true,
  objectionDays: 5,
  budgetHundredths: null,
  budgetHeads: [],
  answerDays: 5,
  shopHours: '',
  shopPhone: '',
  shopPlace: '',
  address: null,
  printer: null,
};

/** A notice hangs for at least and at most so many days, where a village has notices. */
export const NOTICE_DAYS_LEAST = 3;
export const NOTICE_DAYS_MOST = 7;
/** Proposed to a village that has not chosen: the days that Shandong's rules on publishing village affairs ask for. */
export const NOTICE_DAYS_USUAL = 5;

/** Objections are answered within at most so many days. The first figure is that of Shandong's rules, too. */
export const OBJECTION_DAYS_MOST = 15;

/** So many categories may have a part of the budget for themselves. */
export const BUDGET_HEADS_MOST = 12;
/** A household has at least and at most so many days to answer a deduction. */
export const ANSWER_DAYS_LEAST = 3;
export const ANSWER_DAYS_MOST = 7;

/** The oldest copy that a village may allow. */
export const COPY_DAYS_MOST = 30;

/**
 * The amount above which a new village asks for the PIN, in steps of five points: the lowest under which four of five
 * days stay on which a household of the demo redeems. A test measures it.
 */
export const PIN_ABOVE_AT_FIRST = 3000;
export const PIN_ABOVE_STEP = 500;

/** The settings of a village that is made now. Those of before keep what they chose. */
export const NEW_VILLAGE_SETTINGS: VillageSettings = {
  ...DEFAULT_SETTINGS,
  pinAboveHundredths: PIN_ABOVE_AT_FIRST,
};

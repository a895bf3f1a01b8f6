import { businessDay } from '../../shared/business-day.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import type { Caller, KioskCaller, LooseSent, StaffCaller, TestVillage } from './server.ts';

export interface Furnished extends TestVillage {
  /** A text that stands in every name of this village, and nowhere else. */
  readonly mark: string;
  readonly staff: StaffCaller;
  readonly household: {
    readonly id: string;
    readonly number: string;
    readonly card: string;
    readonly cardIssuedAtMs: number;
  };
  /** A household without proposals. The next two have ended accounts, and a sample reopens one of them. */
  readonly quietId: string;
  readonly closedId: string;
  readonly reopenedId: string;
  readonly ruleId: string;
  /** A rule whose second version counts from a later day. */
  readonly announcedRuleId: string;
  readonly goodsId: string;
  /** An item of which there is none. */
  readonly emptyGoodsId: string;
  readonly kioskId: string;
  readonly volunteerId: string;
  /** A volunteer who waits to be confirmed, and one who may vouch for households. */
  readonly newcomer: { readonly id: string; readonly pin: string };
  readonly voucher: { readonly id: string; readonly pin: string };
  readonly proposalId: string;
  /** The batch of the proposal. */
  readonly batchId: string;
  /** A batch of one award that was posted, whose entry nobody else takes back. */
  readonly postedBatchId: string;
  /** A proposal of the administrator that was returned. */
  readonly returnedId: string;
  readonly evidenceId: string;
  readonly goodsPictureId: string;
  readonly entryNumber: number;
  readonly redemptionId: string;
  /** An earlier redemption, of which something may come back. */
  readonly kept: { readonly id: string; readonly number: number };
  /** A return of a part of it. */
  readonly returnId: string;
  readonly importId: string;
  /** A score sheet of the administrator that was read, and one to be uploaded. */
  readonly scores: { readonly id: string; readonly paper: Buffer };
  readonly phone: Caller;
  /** Another phone of the household, which a sample logs out. */
  readonly otherPhoneId: string;
  readonly kiosk: KioskCaller;
  /** The household’s card was scanned at this kiosk. */
  readonly presence: string;
  /** The key of a device at that kiosk, rows of it that have not come, and one that came and is marked. */
  /** The standing of a kiosk's copy. */
  readonly copy: { readonly entry: number; readonly mark: string; readonly day: string };
  readonly outbox: {
    readonly device: string;
    /** A later key of the same device that nobody has confirmed. */
    readonly waitingDevice: string;
    readonly rows: readonly OutboxRow[];
    readonly markedId: string;
    /** The shift that the marked row names. */
    readonly markedShift: string;
  };
  /** A frozen document that nobody signed. */
  readonly documentId: string;
  /** A notice that does not hang, one that hangs, the hash of its list and the deed on it. An approved award is on none. */
  readonly notices: Readonly<Record<'made' | 'hanging' | 'hash' | 'deedId', string>> & {
    /** The number of one that a board may show. */
    readonly toShow: number;
  };
  /** Objections, suggestions and complaints in each state out of which a sample leads; two came by the household's phone. */
  readonly objections: Readonly<
    Record<'toAnswer' | 'toWithdraw' | 'toAppeal' | 'toJudge' | 'ownOpen' | 'ownAnswered', string>
  >;
  /** Rounds about the household: without a sheet, with all sheets keyed in, and to be withdrawn; and their judges. */
  readonly rounds: Readonly<Record<'toHandIn' | 'toClose' | 'toWithdraw', string>> & {
    readonly judgeIds: readonly string[];
  };
  /** A rule that households report, and reports of the household's phone that wait. */
  readonly reports: Readonly<Record<'ruleId' | 'toTakeUp' | 'toRefuse' | 'ownWaiting', string>>;
  /** Events of today, and people on the list of the open one. */
  readonly workdays: Readonly<
    Record<
      'open' | 'toClose' | 'toCancel' | 'closed' | 'toSignOut' | 'toLower' | 'toLeaveOut' | 'ruleId',
      string
    >
  >;
  /**
   * Reminders of the household in each state out of which a sample leads: two are to be delivered, one waits, the deductions of two
   * are approved, of which one was told.
   */
  readonly reminders: Readonly<
    Record<'ruleId' | 'toDeliver' | 'toClose' | 'toTell' | 'toSee' | 'toAgree', string>
  >;
  /** A hand-over from the administrator to `staff` that nobody signed. */
  readonly handoverId: string;
  /** The list that waits for a supervisor's signature. */
  readonly toSign: ListToSign;
  /** Changes of the administrator that wait for a second person. */
  readonly changes: Readonly<Record<'toAgree' | 'toRefuse' | 'toWithdraw', WaitingChange>>;
}

export interface WaitingChange {
  readonly id: string;
  readonly mark: string;
}

export interface ListToSign {
  readonly kind: 'week';
  readonly after: number;
  readonly through: number;
  readonly hash: string;
}

/** A good request for each endpoint of a domain. `fresh` is a new name at each call. */
export type SamplesOf<Endpoints> = Readonly<
  Record<keyof Endpoints & string, (at: Furnished, fresh: string) => LooseSent>
>;

export const PIN = '482915';

/** Today's date in the villages' time zone. */
export function today(): string {
  return businessDay(Date.now(), DEFAULT_SETTINGS.timeZone);
}

/** A rule without fixed points: each proposal names its own. */
export function ruleSample(code: string, title: string) {
  return {
    code: code.slice(0, 12),
    category: '五美家庭',
    title,
    pointsMode: 'range' as const,
    points: null,
    pointsMin: 100,
    pointsMax: 100_000,
    perUnit: null,
    proposer: '',
    evidence: '',
    limitText: '',
    caps: [],
    enabled: true,
  };
}

export function goodsSample(name: string) {
  return {
    kind: 'goods' as const,
    category: '粮油',
    name,
    unit: '袋',
    price: 100,
    costFen: 100,
    barcode: null,
    monthlyLimit: null,
    enabled: true,
  };
}

export function basketSample(householdId: string, goodsId: string) {
  return { householdId, lines: [{ goodsId, quantity: 1 }], expectedPoints: 100 };
}

export function rosterSample(mark: string): Uint8Array {
  return Buffer.from(`户号,户主,组别,人口\n101,${mark}孙大娘,${mark}二组,4\n102,${mark}周强,${mark}二组,2\n`);
}

/** A score sheet with one deed. */
export function scoreSample(deed: { readonly number: string; readonly code: string; readonly day: string }) {
  return Buffer.from(`户号,细则,分值,日期\n${deed.number},${deed.code},5,${deed.day}\n`);
}

/** A change that needs a second person: another value of a point. */
export function changeSample(pointValueFen: number) {
  return {
    operation: 'village.update',
    params: {},
    body: { settings: { pointValueFen } },
    reason: '开会定的',
  };
}

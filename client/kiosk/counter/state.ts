import type { AnswerOf, BodyOf, Failure } from '../../api/index.ts';
import type { GoodsItem } from '../../../shared/goods/contract.ts';
import type { RowBodies } from '../../../shared/kiosk/rows.ts';
import type { BasketLine } from '../basket.ts';
import type { Notice } from '../notice.ts';

export type Household = AnswerOf<'kiosk.lookup'> & {
  /** It was found in the copy of the village on this device, which is as old as this. */
  readonly copiedAtMs?: number;
  /** Why the copy was asked; there with `copiedAtMs`. */
  readonly copiedFor?: CopiedFor;
  readonly presence: Presence;
};
/**
 * `gone`: the server could not be reached. `slow`: it can be, and had not answered in time. `silent`: nor had it when it was
 * waited for as long as a counter waits.
 */
export type CopiedFor = 'gone' | 'slow' | 'silent';
/** A redemption as the screen and the slip show it. */
export type Redemption = AnswerOf<'kiosk.redeem'> & {
  /** The number of its row, where only this device knows of it. */
  readonly rowNumber?: number;
};
/** A redemption of this kiosk, with the key of its row on this device; null: the device has none. */
export type Recent = Redemption & { readonly rowKey: string | null };
export type PinProof = AnswerOf<'kiosk.checkPin'>;
/** The server's word that a volunteer typed the own PIN for a household. */
export type VouchProof = AnswerOf<'kiosk.vouch'>;
/** The server's word on how a household was recognised. It is no secret of the household's: it counts here, for a while. */
export type Presence = AnswerOf<'kiosk.lookup'>['presence'] & {
  /** The card was found in the copy on this device: there is no token. */
  readonly cardIssuedAtMs?: number;
};
/** How a household is asked for: by its card or by its number. */
export type Question = BodyOf<'kiosk.lookup'>;

/** A basket that was not sent. It is kept on the disk: no names and no balances. */
export interface Basket {
  /** Minted when the visit began; the same for every sending of this basket. */
  readonly key: string;
  readonly householdId: string;
  readonly householdNumber: string;
  readonly lines: readonly BasketLine[];
  readonly changedAtMs: number;
  /** Null: kept by an older version of the program, or refused by the server. */
  readonly presence: Presence | null;
}

/** A household at the counter, with its basket. */
export interface Visit {
  readonly household: Household;
  readonly asked: Question;
  readonly key: string;
  readonly lines: readonly BasketLine[];
  readonly changedAtMs: number;
  /** The best that the household has shown: its card, if that still counts. Null: the server refused it. */
  readonly presence: Presence | null;
  /** The household gave its PIN. Not the PIN. */
  readonly proof: PinProof | null;
  /** Volunteers gave their PINs for it, each once, up to so many points. Not the PINs. */
  readonly vouches: readonly VouchProof[];
  /** After too many wrong PINs: none is tried before this moment. */
  readonly pinWaitUntilMs: number;
}

export type RedeemContent = RowBodies['kiosk.redeem'];
export type UndoContent = RowBodies['kiosk.undo'];
/** A return as the screen and its slip show it. */
export type GoodsReturn = AnswerOf<'kiosk.return'>;

/** A redemption or an undo as its row in the outbox says it, frozen. */
export type Owed = { readonly key: string; readonly sentAtMs: number } & (
  | { readonly kind: 'kiosk.redeem'; readonly content: RedeemContent }
  | { readonly kind: 'kiosk.undo'; readonly content: UndoContent }
);

/** A return as its row in the outbox says it. The return desk waits for its answer. */
export interface OwedReturn {
  readonly key: string;
  readonly sentAtMs: number;
  readonly kind: 'kiosk.return';
  readonly content: RowBodies['kiosk.return'];
}

/** The end of a row that asked. */
export type RowResult<Receipt = Redemption> =
  | { readonly is: 'booked'; readonly receipt: Receipt }
  /** Nothing was booked, and the row is over: the basket goes on under another key. */
  | { readonly is: 'refused'; readonly failure: Failure }
  /** This device has noted before what became of it. */
  | { readonly is: 'ended'; readonly how: 'here' | 'given_up' }
  /** The disk has no such row: nothing was sent. */
  | { readonly is: 'gone' };

/** Nobody is on duty, or the network was not heard of yet. */
export interface Shut {
  readonly at: 'shut';
}

export interface Waiting {
  readonly at: 'waiting';
  /** The basket put aside comes back by itself as soon as the goods are known. */
  readonly bringsBack: boolean;
}

export interface Looking {
  readonly at: 'looking';
  readonly question: Question;
  /** Somebody asked; or a basket put aside comes back; or a refused one does. */
  readonly why: 'asked' | 'back' | 'refused';
  /** Why a basket was refused just now: told once the look-up has ended, also if another card came between. */
  readonly failure: Failure | null;
  /** Goods scanned meanwhile: added in their order once the household is found. */
  readonly ahead: readonly string[];
  /** Pieces scanned for a card that gave way to another one meanwhile. */
  readonly lost: number;
  /** The household that stays if the look-up fails: it was asked for by the same question. */
  readonly same: Visit | null;
}

export interface Serving {
  readonly at: 'serving';
  readonly visit: Visit;
}

/** The household is asked for its PIN before its basket goes out. */
export interface AskingPin {
  readonly at: 'pin';
  readonly visit: Visit;
  readonly isChecking: boolean;
  readonly failure: Failure | null;
}

/** Volunteers are asked for their PINs: two where it has neither card nor PIN, another one while its card or PIN is new. */
export interface AskingVouch {
  readonly at: 'vouch';
  readonly visit: Visit;
  readonly isChecking: boolean;
  readonly failure: Failure | null;
}

/** A redemption or an undo is under way. It is left by its answer, or by what is noted of it on the disk. */
export interface Underway {
  readonly at: 'sending';
  readonly owed: Owed;
  /**
   * Is the server there? Is the row on the disk? Then it asks until the server answers. The volunteer’s decision
   * without an answer is noted on the disk.
   */
  readonly step: 'reach' | 'keep' | 'ask' | 'note';
  /** How the row ends by what is written now; null: it asks. */
  readonly how: 'here' | 'given_up' | null;
  /** No answer came in time, or the row was found after a reload: the page says so and shows no name. */
  readonly isOverdue: boolean;
  /** The household of the basket as it was looked up, also once its name has left the screen. Null: an undo, or a row found after a reload. */
  readonly known: Pick<Household, 'redeemedToday'> | null;
  /** The place that the screen shows meanwhile, and that may come back. */
  readonly beneath: Beneath;
}

/** Something was handed out or taken back just now. */
export interface Done {
  readonly at: 'done';
  readonly receipt: Redemption;
}

export type Beneath = Waiting | Serving | Done;
export type Place = Shut | Waiting | Looking | Serving | AskingPin | AskingVouch | Underway | Done;

/** The last redemption, as far as the screen may show it to whoever comes next: no names. */
export interface Undoable extends UndoContent {
  /** Minted when the undo is offered: whoever presses however often, it is one intent. */
  readonly key: string;
  /** The redemption on the screen; the key of its row where only this device knows of it. */
  readonly redemptionId: string;
  readonly untilMs: number;
}

export type Dialog = 'undo' | 'camera' | 'find' | 'station' | 'shiftEnd';

/** Dialogs and pages that lie over the counter. */
export interface Overlay {
  readonly dialog: Dialog | null;
  readonly isHistoryOpen: boolean;
}

/** Everything the counter knows. Only `visit`, `same` and `receipt` hold a household's name. */
export interface CounterState {
  readonly place: Place;
  /** Every question and every change of place takes the next one: an answer of an earlier turn comes too late. */
  readonly turn: number;
  /** A basket without its household on the screen: the household's card brings it back. */
  readonly aside: Basket | null;
  /** Baskets of households that stepped aside: their card or a tap brings them back. */
  readonly parked: readonly Basket[];
  /** The disk has baskets among them that are elsewhere by now. */
  readonly isParkedStale: boolean;
  /** Rows that ask and have no answer, and nobody is on duty to hear it. */
  readonly owed: readonly Owed[];
  readonly undoable: Undoable | null;
  /** The list of redemptions may be answered while somebody is served: it has turns of its own. */
  readonly recentTurn: number;
  readonly overlay: Overlay;
  readonly notice: Notice | null;
  /** Said until it is acknowledged. */
  readonly damaged: Damaged;
}

/** Keys of rows that cannot be read any more; `all` where the disk cannot be read at all; null where nothing is damaged. */
export type Damaged = readonly string[] | 'all' | null;

/** Everything the machine may look at besides its state. */
export interface World {
  readonly nowMs: number;
  /** A key that nobody has used, drawn anew for each event. */
  readonly freshKey: string;
  /** The shelf; null until the first list has come. */
  readonly goods: ReadonlyMap<string, GoodsItem> | null;
  /** Names of all goods heard of so far, also of those that are no longer handed out. */
  readonly goodsNames: ReadonlyMap<string, string>;
  /** The volunteer's name, for slips. */
  readonly volunteer?: string;
  /** The server has been heard of. */
  readonly isConnected: boolean;
  /** Null: nothing is handed out without the server's answer. */
  readonly withoutNetwork: WithoutNetwork | null;
  /** The shift is over, and the server cannot end it: what is under way is finished, and nothing else begins. */
  readonly isShiftOver?: boolean;
}

/** The amounts up to which this counter hands out without an answer of the server, in hundredths of a point. */
export interface WithoutNetwork {
  /** For one household on one day. */
  readonly household: number;
  /** This counter may still hand out so much until the server has been heard of again. */
  readonly left: number;
  /** Points that this household was handed out here today, as far as the server does not know of it. */
  readonly spentHere: (householdId: string) => number;
  /** Points that it was handed out here today and that are booked: its look-up may be older. */
  readonly bookedHere: (householdId: string) => number;
  /** By the copy it is the own household of the volunteer on duty, or a relative's: another volunteer serves it. */
  readonly isOwn: (householdId: string) => boolean;
}

/** The rows that the disk had when the page began. */
export interface Kept {
  readonly basket: Basket | null;
  /** Those that stepped aside. */
  readonly parked?: readonly Basket[];
  /** Rows that ask and have no answer. */
  readonly owed: readonly Owed[];
  /** Returns that ask and have none. The return desk asks about them. */
  readonly returns?: readonly OwedReturn[];
  /** Whether a row was ever made under this key: the power may have gone before its basket was put away. */
  readonly isUsed?: (key: string) => boolean;
  readonly damaged: Damaged;
}

export const NOTHING_OVER: Overlay = { dialog: null, isHistoryOpen: false };

export function initialState({
  basket,
  parked = [],
  owed,
  isUsed = () => false,
  damaged,
}: Kept): CounterState {
  // A power cut while a basket was put aside, brought back or confirmed leaves it in two places.
  const aside = basket !== null && isUsed(basket.key) ? null : basket;
  const elsewhere = new Set([aside?.key, ...owed.map(({ key }) => key)]);
  const waiting = parked.filter(({ key }) => !elsewhere.has(key) && !isUsed(key));
  return {
    place: { at: 'shut' },
    turn: 0,
    aside,
    parked: waiting,
    isParkedStale: waiting.length < parked.length,
    owed: [...owed].sort(undoFirst),
    undoable: null,
    recentTurn: 0,
    overlay: NOTHING_OVER,
    notice: null,
    damaged,
  };
}

/** An undo is settled before a basket: it may give back the points and goods that the basket needs. */
function undoFirst(a: Owed, b: Owed): number {
  const rank = ({ kind }: Owed) => (kind === 'kiosk.undo' ? 0 : 1);
  return rank(a) - rank(b) || a.sentAtMs - b.sentAtMs;
}

import type { AnswerOf, BodyOf, Failure } from '../../api/index.ts';
import type { GoodsItem } from '../../../shared/goods/contract.ts';
import type { KeptIntent } from '../../intent/intent-store.ts';
import type { Sending } from '../../intent/sending-state.ts';
import type { BasketLine } from '../basket.ts';
import type { Notice } from '../notice.ts';

export type Household = AnswerOf<'kiosk.lookup'>;
export type Redemption = AnswerOf<'kiosk.redeem'>;
export type PinProof = AnswerOf<'kiosk.checkPin'>;
/** The server's word that a volunteer typed the own PIN for a household. */
export type VouchProof = AnswerOf<'kiosk.vouch'>;
/** The server's word on how a household was recognised. It is no secret of the household's: it counts here, for a while. */
export type Presence = Household['presence'];
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

export interface RedeemContent {
  readonly householdId: string;
  readonly householdNumber: string;
  readonly lines: readonly BasketLine[];
  /** The total that was on the screen when it was confirmed. */
  readonly expectedPoints: number;
  readonly presence: Presence | null;
  readonly pinProof: string | null;
  readonly vouchProofs: readonly string[];
}

export interface UndoContent {
  readonly redemptionId: string;
  readonly householdNumber: string;
  readonly points: number;
  readonly pieces: number;
}

/** A redemption or an undo on its way to the server, frozen. The disk has the same row until it is answered. */
export type Owed =
  | (KeptIntent<RedeemContent> & { readonly kind: 'kiosk.redeem' })
  | (KeptIntent<UndoContent> & { readonly kind: 'kiosk.undo' });

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

/** A redemption or an undo is under way. It is left by its own answer, or given up while nothing can have moved. */
export interface Underway {
  readonly at: 'sending';
  readonly sending: Sending<Owed>;
  /** Is the server there? Is it on the disk? Up to here nothing has left the device. Then it is asked, and again. */
  readonly step: 'reach' | 'keep' | 'ask' | 'pause';
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
  /** Sent and not answered, and nobody on duty to ask about it. */
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
}

/** The rows that the disk had when the page began. */
export interface Kept {
  readonly basket: Basket | null;
  /** Those that stepped aside. */
  readonly parked?: readonly Basket[];
  readonly owed: readonly Owed[];
  readonly damaged: Damaged;
}

export const NOTHING_OVER: Overlay = { dialog: null, isHistoryOpen: false };

export function initialState({ basket, parked = [], owed, damaged }: Kept): CounterState {
  // A power cut while a basket was put aside or brought back leaves it in two places.
  const elsewhere = new Set([basket?.key, ...owed.map(({ key }) => key)]);
  const waiting = parked.filter(({ key }) => !elsewhere.has(key));
  return {
    place: { at: 'shut' },
    turn: 0,
    aside: basket,
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

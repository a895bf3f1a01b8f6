import type { Failure } from '../api/index.ts';

/** A message to the volunteer: a failure in the server's words, or one of the kiosk's own notices by name. */
export type Notice = {
  /** Further sentences beneath it. */
  readonly also?: readonly { readonly name: NoticeName; readonly params: NoticeParams }[];
} & (
  | { readonly kind: 'failure'; readonly failure: Failure; readonly writes: boolean }
  | {
      readonly kind: 'info' | 'good' | 'warn' | 'bad';
      readonly name: NoticeName;
      readonly params?: NoticeParams;
    }
);

export type NoticeParams = Readonly<Record<string, string | number>>;

export type NoticeName =
  | 'scanCardFirst'
  | 'unknownGoods'
  | 'shelfNotRead'
  | 'misread'
  | 'foreign'
  | 'busy'
  | 'signInFirst'
  | 'shiftOver'
  | 'soldOut'
  | 'limit'
  | 'pointsShort'
  | 'basketDropped'
  | 'refusedBefore'
  | 'parked'
  | 'parkedFull'
  | 'parkedEnded'
  | 'basketBack'
  | 'basketWaits'
  | 'basketKept'
  | 'confirmAgain'
  | 'aheadLost'
  | 'goodsGone'
  | 'goodsGoneUnnamed'
  | 'notKept'
  | 'notKeptUndo'
  | 'shiftNotKept'
  | 'damagedRow'
  | 'diskUnreadable'
  | 'offline'
  | 'offlineUndo'
  | 'needsNetwork'
  | 'cardNeeded'
  | 'ownHousehold'
  | 'ownHouseholdAsked'
  | 'secondNeedsNetwork'
  | 'balanceShort'
  | 'basketFull'
  | 'notNoted'
  | 'undoneHere'
  | 'overWithoutNetwork'
  | 'recordedHere'
  | 'bookedBefore'
  | 'doneAlready'
  | 'undone'
  | 'timeUp'
  | 'cameraNotLoaded'
  | 'printFailed'
  | 'practiceCard'
  | 'practiceNotNow';

/** The device's disk refused the row by which a shift ends. */
export const SHIFT_NOT_KEPT = { kind: 'bad', name: 'shiftNotKept' } as const satisfies Notice;

/** These must not be missed, though they ask for nothing that can be pressed. */
const STAYING = new Set<NoticeName>(['basketWaits', 'confirmAgain', 'timeUp']);

/** Information leaves by itself; what somebody has to act on stays until it is acknowledged or overtaken. */
export function leavesByItself(notice: Notice): boolean {
  if (notice.kind === 'failure' || notice.kind === 'warn' || notice.also !== undefined) return false;
  return !STAYING.has(notice.name);
}

/** The visible twin of a sound: a card was read, an item added, a basket handed out, something not done. */
export interface Signal {
  readonly kind: SoundName;
  /** The text that was read or added. */
  readonly label: string;
  readonly serial: number;
  readonly atMs: number;
}

export type SoundName = 'card' | 'item' | 'done' | 'error';

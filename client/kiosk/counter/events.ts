import type { Failure } from '../../api/index.ts';
import type { Notice, NoticeName, NoticeParams } from '../notice.ts';
import type { ShiftCounts } from './effects.ts';
import type { Dialog, Household, PinProof, Question, Recent, RowResult, VouchProof } from './state.ts';

/** Why a scan means nothing here. Only the shelf can tell whether a barcode is unknown or misread. */
type Unreadable = Extract<NoticeName, 'foreign' | 'misread' | 'unknownGoods'>;

/** Events that hands and scanners make. */
type ByHand =
  | { readonly is: 'asked'; readonly question: Question }
  /** One piece, scanned or tapped. */
  | { readonly is: 'goods'; readonly goodsId: string }
  | { readonly is: 'less'; readonly goodsId: string }
  /** A scan that is neither a card nor an item of ours. */
  | { readonly is: 'unreadable'; readonly name: Unreadable; readonly params?: NoticeParams }
  | { readonly is: 'confirm' }
  | { readonly is: 'pin'; readonly pin: string }
  | { readonly is: 'vouch'; readonly volunteerId: string; readonly pin: string }
  | { readonly is: 'pinClosed' }
  | { readonly is: 'undo' }
  | { readonly is: 'askNow' }
  /** Nothing was handed out, and nothing shall be booked. */
  | { readonly is: 'giveUp' }
  /** The goods are handed out now, though no answer came. */
  | { readonly is: 'handOut' }
  | { readonly is: 'left' }
  /** The household steps aside with its basket; a tap brings it back. */
  | { readonly is: 'park' }
  | { readonly is: 'unpark'; readonly key: string }
  /** The volunteer locks the screen, or left it alone. */
  | { readonly is: 'locked' }
  | { readonly is: 'signOut'; readonly counts?: ShiftCounts }
  | { readonly is: 'dialog'; readonly dialog: Dialog | null }
  | { readonly is: 'history'; readonly isOpen: boolean }
  /** Something beside the counter has something to say: the printer, the camera. */
  | { readonly is: 'told'; readonly notice: Notice }
  | { readonly is: 'noticeClosed' };

/** Events from the station, the shelf and the clock. */
type FromAround =
  | { readonly is: 'opened' }
  | { readonly is: 'shut' }
  | { readonly is: 'goodsCame' }
  | { readonly is: 'networkCame' }
  | { readonly is: 'idle' }
  /** Time has passed: baskets that stepped aside long ago end. */
  | { readonly is: 'aged' };

/** Answers to the machine's own questions: each carries the turn of its question. */
type Answer =
  | { readonly is: 'found'; readonly turn: number; readonly household: Household }
  | { readonly is: 'notFound'; readonly turn: number; readonly failure: Failure }
  | { readonly is: 'pinRight'; readonly turn: number; readonly proof: PinProof }
  | { readonly is: 'pinWrong'; readonly turn: number; readonly failure: Failure }
  | { readonly is: 'vouchRight'; readonly turn: number; readonly proof: VouchProof }
  | { readonly is: 'vouchWrong'; readonly turn: number; readonly failure: Failure }
  | { readonly is: 'reached'; readonly turn: number; readonly isThere: boolean }
  /** `rowNumber`: of the row that was written. */
  | { readonly is: 'kept'; readonly turn: number; readonly isKept: boolean; readonly rowNumber: number }
  | { readonly is: 'answered'; readonly turn: number; readonly result: RowResult }
  /** No answer came for a while. */
  | { readonly is: 'overdue'; readonly turn: number }
  | { readonly is: 'noted'; readonly turn: number; readonly isKept: boolean; readonly rowNumber: number }
  | { readonly is: 'recent'; readonly turn: number; readonly items: readonly Recent[] };

export type CounterEvent = ByHand | FromAround | Answer;

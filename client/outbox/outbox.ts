import type { DoneMark } from '../../shared/outbox/row.ts';
import type { Failure } from '../api/index.ts';
import { oneAfterTheOther } from '../device/one-after-the-other.ts';
import type { NewRow } from './make-row.ts';
import { finalAnswer, type KeptOutbox, type KeptRow } from './outbox-disk.ts';
import { type ChainParts, createRowChain } from './row-chain.ts';
import { RowList } from './row-list.ts';
import { type Answered, createRowSender, type SenderParts } from './row-sender.ts';

export type { Answered } from './row-sender.ts';

export interface OutboxParts extends Omit<ChainParts, 'keys' | 'damaged'>, SenderParts {
  /** Everything that the disk had when the page began. */
  readonly kept: KeptOutbox;
  /** Called whenever rows came, were answered or went. */
  readonly changed?: () => void;
}

/** The rows of a device, until the server has answered each and a backup holds it. It knows no kind of row. */
export interface Outbox {
  readonly rows: () => readonly KeptRow[];
  /**
   * Appends a row. True once it is on the disk: what it tells may happen then. False: it is not there, and nothing may
   * happen. Rejects where nobody knows: nothing may happen either, and the row is given up when it is found.
   */
  readonly append: (row: NewRow, how?: DoneMark['how']) => Promise<boolean>;
  /** Notes on the disk what became of a row at the counter. False: the disk refused, and it stays as it was. */
  readonly finish: (key: string, how: DoneMark['how']) => Promise<boolean>;
  /** Resolves with the server's answer to a row; the receipt is there for whoever waited when it came. */
  readonly answerTo: (key: string) => Promise<Answered>;
  /** Sends what waits, now. */
  readonly wake: () => void;
  /** Why the server lets nobody in; null while it does, or cannot be reached. */
  readonly blockedBy: () => Failure | null;
  /** Forgets rows that a checked backup holds, and sends again those that the server lacks. */
  readonly compare: (device: string, found: Compared) => Promise<void>;
}

/** Numbers of rows, as the server tells them (outbox.compare). */
export interface Compared {
  readonly missing: readonly number[];
  readonly safe: readonly number[];
}

/** A disk that did not answer is asked again after so long. */
const LOOK_AGAIN_MS = 2000;

export function createOutbox(parts: OutboxParts): Outbox {
  const { disk, kept, later, changed = () => undefined } = parts;
  const rows = new RowList(kept.rows, changed);
  const inTurn = oneAfterTheOther();
  const chain = createRowChain({ ...parts, keys: kept.keys, damaged: kept.damaged }, rows, lookLater);
  const sender = createRowSender(parts, rows, chain, inTurn);

  /** Looks again until the disk can be read. */
  function lookLater(): void {
    later(LOOK_AGAIN_MS, () => {
      void inTurn(chain.lookAgain).then((isKnown) => {
        if (isKnown) sender.wake();
        else lookLater();
      });
    });
  }

  const andSend = async (isThere: Promise<boolean>): Promise<boolean> => {
    if (await isThere) sender.wake();
    return isThere;
  };

  return {
    ...sender,
    rows: () => rows.all(),
    append: (row, how) => andSend(inTurn(() => chain.append(row, how))),
    finish: (key, how) => andSend(inTurn(() => chain.finish(key, how))),
    compare: (device, compared) =>
      inTurn(async () => {
        const { gone, again } = comparedRows(rows, device, compared);
        if (gone.length > 0 && (await disk.drop(gone)))
          rows.set(rows.all().filter((one) => !gone.includes(one)));
        if (again.length > 0) await disk.change(again);
        rows.put(again);
        sender.wake();
      }),
  };
}

/** The last row of a device stays: the next one follows it. */
function comparedRows(rows: RowList, device: string, { missing, safe }: Compared) {
  const [lacking, held] = [new Set(missing), new Set(safe)];
  const last = rows.endOf(device).number;
  const own = rows.all().filter(({ row }) => row.device === device);
  return {
    gone: own.filter(
      (kept) => held.has(kept.row.number) && kept.row.number !== last && finalAnswer(kept) !== null,
    ),
    again: own
      // A declined row did not happen: a restored server need not hear of it.
      .filter(({ row, answer }) => lacking.has(row.number) && answer !== null && answer.answer !== 'declined')
      .map(({ row }) => ({ row, answer: null })),
  };
}

import { ROWS_A_BATCH } from '../../shared/outbox/answers.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';
import type { AnswerOf, Failure } from '../api/index.ts';
import { finalAnswer, type KeptAnswer, type KeptRow, type OutboxDisk } from './outbox-disk.ts';
import type { RowChain } from './row-chain.ts';
import type { RowList } from './row-list.ts';

type Answers = AnswerOf<'outbox.send'>;
export type Answered = Answers['answers'][number];
/** How an attempt to bring rows ended. */
export type Carried = { readonly kind: 'answer'; readonly data: Answers } | Failure;

export interface SenderParts {
  readonly disk: OutboxDisk;
  readonly now: () => number;
  /** Brings rows to the server. */
  readonly carry: (rows: readonly OutboxRow[], isEmptyAfter: boolean) => Promise<Carried>;
  readonly later: (ms: number, run: () => void) => void;
  /** False: nobody is there to hear an answer. A row that asks stays on the disk, and so do those behind it. */
  readonly mayAsk?: () => boolean;
}

export interface RowSender {
  /** Sends what waits, now. */
  readonly wake: () => void;
  readonly answerTo: (key: string) => Promise<Answered>;
  readonly blockedBy: () => Failure | null;
}

const UNANSWERED: Carried = { kind: 'unknown', reason: 'unreachable' };

/** Rows that wait for others are sent again after so long. */
const WAITING_MS = 60_000;

/** Brings rows to the server in their order, one batch at a time, until each is answered. */
export function createRowSender(
  { disk, now, carry, later, mayAsk = () => true }: SenderParts,
  rows: RowList,
  { signedDone }: Pick<RowChain, 'signedDone'>,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
): RowSender {
  const waiters = new Map<string, ((answer: Answered) => void)[]>();
  /** Rows that wait for others, by key, with the time at which they are sent again. */
  const postponed = new Map<string, number>();
  let isSending = false;
  let failures = 0;
  let blocked: Failure | null = null;
  /** Timers set before this one do nothing. */
  let timer = 0;

  async function send(): Promise<void> {
    const all = due();
    if (isSending || all.length === 0) return;
    isSending = true;
    const batch = all.slice(0, ROWS_A_BATCH);
    const sent = batch.map(({ row }) => row);
    const open = rows.all().filter((kept) => finalAnswer(kept) === null);
    // A way that fails on this side is one that nobody answered.
    const outcome = await carry(sent, batch.length === open.length).catch(() => UNANSWERED);
    isSending = false;
    if (outcome.kind === 'answer') {
      failures = 0;
      blocked = null;
      await inTurn(() => takeAnswers(sent, outcome.data.answers));
      wakeAfter(due().length > 0 ? 0 : WAITING_MS);
      return;
    }
    failures += 1;
    blocked = outcome.kind === 'problem' && outcome.problem.kind === 'refused' ? outcome : null;
    wakeAfter(pauseMs(failures));
  }

  function due(): readonly KeptRow[] {
    const all = rows.all().filter((kept) => isWaiting(kept, postponed, now()));
    const held = mayAsk() ? -1 : all.findIndex(({ row }) => row.done === null);
    return held < 0 ? all : all.slice(0, held);
  }

  function wakeAfter(ms: number): void {
    timer += 1;
    const own = timer;
    later(ms, () => {
      if (own === timer) void send();
    });
  }

  async function takeAnswers(sent: readonly OutboxRow[], answers: readonly Answered[]): Promise<void> {
    const changes: KeptRow[] = [];
    for (const row of sent) {
      const answered = answers.find(({ device, key }) => device === row.device && key === row.key);
      const current = rows.now(row);
      // It was finished while the answer was on its way: it is sent once more, with what became of it.
      if (!answered || current?.row.done !== row.done) continue;
      if (answered.answer === 'waiting') postponed.set(row.key, now() + WAITING_MS);
      changes.push(await answeredRow(row, answered));
      for (const resolve of waiters.get(row.key) ?? []) resolve(answered);
      waiters.delete(row.key);
    }
    rows.put(changes);
    // If the disk refuses, the rows are sent again after a reload and get the same answers.
    await disk.change(changes);
  }

  /** The server's word that it was booked is kept with the row: a restored server hears it again. */
  async function answeredRow(row: OutboxRow, answered: Answered): Promise<KeptRow> {
    const { answer, entry, marks, code, said } = answered;
    const kept: KeptAnswer = { answer, entry, marks, code, ...(said === null ? {} : { said }) };
    if (answer !== 'booked' || row.done !== null) return { row, answer: kept };
    return { row: await signedDone(row, 'server', entry), answer: kept };
  }

  return {
    wake() {
      timer += 1;
      void send();
    },
    answerTo: (rowKey) =>
      new Promise((resolve) => {
        waiters.set(rowKey, [...(waiters.get(rowKey) ?? []), resolve]);
      }),
    blockedBy: () => blocked,
  };
}

/** The pause after so many attempts that failed: 1, 2, 4, then every 5 seconds. */
function pauseMs(failures: number): number {
  return Math.min(1000 * 2 ** (failures - 1), 5000);
}

function isWaiting({ row, answer }: KeptRow, postponed: ReadonlyMap<string, number>, nowMs: number): boolean {
  if (answer === null) return true;
  return answer.answer === 'waiting' && (postponed.get(row.key) ?? 0) <= nowMs;
}

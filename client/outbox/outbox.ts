import { ROWS_A_BATCH } from '../../shared/outbox/answers.ts';
import type { DoneMark, OutboxRow } from '../../shared/outbox/row.ts';
import type { AnswerOf, Failure } from '../api/index.ts';
import { oneAfterTheOther } from '../device/one-after-the-other.ts';
import { type ChainEnd, makeRow, markDone, type NewRow, NO_ROWS } from './make-row.ts';
import type { KeptAnswer, KeptOutbox, KeptRow, OutboxDisk } from './outbox-disk.ts';
import type { DeviceKey, RowSigner } from './row-signer.ts';

type Answers = AnswerOf<'outbox.send'>;
export type Answered = Answers['answers'][number];

/** How an attempt to bring rows ended. */
export type Carried = { readonly kind: 'answer'; readonly data: Answers } | Failure;

export interface OutboxParts {
  readonly disk: OutboxDisk;
  readonly signer: RowSigner;
  /** The key that signs new rows. */
  readonly key: DeviceKey;
  readonly kept: KeptOutbox;
  readonly now: () => number;
  /** The server's clock minus this device's, as last heard; null: never. */
  readonly offsetMs: () => number | null;
  /** Brings rows to the server. */
  readonly carry: (rows: readonly OutboxRow[], isEmptyAfter: boolean) => Promise<Carried>;
  /** Calls after so many milliseconds. */
  readonly later: (ms: number, run: () => void) => void;
  /** Called whenever rows came, were answered or went. */
  readonly changed?: () => void;
}

/** What a device did, row by row, until the server has answered each and a backup holds it. It knows no kind of row. */
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
  readonly compare: (
    device: string,
    found: { missing: readonly number[]; safe: readonly number[] },
  ) => Promise<void>;
}

/** The pause after so many attempts that failed: 1, 2, 4, then every 5 seconds. */
const pauseMs = (failures: number) => Math.min(1000 * 2 ** (failures - 1), 5000);
/** Rows that wait for others are sent again after so long. */
const WAITING_MS = 60_000;
/** A disk that did not answer is asked again after so long. */
const LOOK_AGAIN_MS = 2000;

export function createOutbox(parts: OutboxParts): Outbox {
  const { disk, signer, key, now, offsetMs, carry, later, changed = () => undefined } = parts;
  let rows: readonly KeptRow[] = parts.kept.rows;
  let end: ChainEnd | null = endOf(rows, key.device);
  const inTurn = oneAfterTheOther();
  const waiters = new Map<string, ((answer: Answered) => void)[]>();
  /** Rows of which nobody knows whether they are on the disk. */
  const unsure = new Set<string>();
  /** Rows that wait for others, by key, with the time at which they are sent again. */
  const postponed = new Map<string, number>();
  let isSending = false;
  let failures = 0;
  let blocked: Failure | null = null;
  /** Timers set before this one do nothing. */
  let timer = 0;

  function put(changes: readonly KeptRow[]): void {
    const byKey = new Map(changes.map((kept) => [nameOf(kept.row), kept]));
    rows = rows.map((kept) => byKey.get(nameOf(kept.row)) ?? kept);
    changed();
  }

  /**
   * After a write of which nobody knew, the disk says where the chain ends. A row that is there after all was told not
   * recorded, so nothing was handed out: it is given up.
   */
  async function chainEnd(): Promise<ChainEnd> {
    if (end !== null) return end;
    const kept = await disk.read();
    const found = kept.rows.filter(({ row }) => unsure.has(row.key));
    const givenUp: KeptRow[] = [];
    for (const { row } of found) givenUp.push({ row: await signedDone(row, 'given_up', null), answer: null });
    if (givenUp.length > 0 && !(await disk.change(givenUp))) throw new Error('the disk refuses');
    unsure.clear();
    rows = kept.rows;
    put(givenUp);
    end = endOf(rows, key.device);
    return end;
  }

  /** Looks again until the disk can be read. */
  function lookLater(): void {
    later(LOOK_AGAIN_MS, () => {
      if (end === null)
        void inTurn(chainEnd).then(
          () => {
            wake();
          },
          () => {
            lookLater();
          },
        );
    });
  }

  async function appendNext(row: NewRow, how?: DoneMark['how']): Promise<boolean> {
    const clocks = { atMs: now(), offsetMs: offsetMs() };
    const asked = await makeRow(signer, key, await chainEnd(), row, clocks);
    const made = how === undefined ? asked : await signedDone(asked, how, null);
    const kept = { row: made, answer: null };
    const before = end;
    end = null;
    unsure.add(made.key);
    if (!(await addedOrLater(kept))) {
      end = before;
      unsure.delete(made.key);
      return false;
    }
    unsure.delete(made.key);
    rows = [...rows, kept];
    end = { number: made.number, hash: made.hash };
    changed();
    wake();
    return true;
  }

  async function addedOrLater(kept: KeptRow): Promise<boolean> {
    try {
      return await disk.add(kept);
    } catch (error) {
      lookLater();
      throw error;
    }
  }

  async function signedDone(row: OutboxRow, how: DoneMark['how'], entry: number | null): Promise<OutboxRow> {
    const own = parts.kept.keys.find(({ device }) => device === row.device) ?? key;
    return markDone(signer, own, row, { how, atMs: now(), entry });
  }

  async function finishRow(rowKey: string, how: DoneMark['how']): Promise<boolean> {
    const found = rows.find(({ row }) => row.key === rowKey);
    if (!found) return false;
    const finished = { row: await signedDone(found.row, how, null), answer: null };
    if (!(await disk.change([finished]))) return false;
    put([finished]);
    wake();
    return true;
  }

  function waiting(): KeptRow[] {
    const nowMs = now();
    return rows.filter(({ row, answer }) => {
      if (answer === null) return true;
      return answer.answer === 'waiting' && (postponed.get(row.key) ?? 0) <= nowMs;
    });
  }

  function wake(): void {
    timer += 1;
    void send();
  }

  async function send(): Promise<void> {
    const all = waiting();
    if (isSending || all.length === 0) return;
    isSending = true;
    const batch = all.slice(0, ROWS_A_BATCH);
    const outcome = await carry(
      batch.map(({ row }) => row),
      batch.length === all.length,
    );
    isSending = false;
    if (outcome.kind === 'answer') {
      failures = 0;
      blocked = null;
      await inTurn(() => takeAnswers(batch, outcome.data.answers));
      wakeAfter(waiting().length > 0 ? 0 : WAITING_MS);
      return;
    }
    failures += 1;
    blocked = outcome.kind === 'problem' && outcome.problem.kind === 'refused' ? outcome : null;
    changed();
    wakeAfter(pauseMs(failures));
  }

  function wakeAfter(ms: number): void {
    timer += 1;
    const own = timer;
    later(ms, () => {
      if (own === timer) void send();
    });
  }

  async function takeAnswers(batch: readonly KeptRow[], answers: readonly Answered[]): Promise<void> {
    const changes: KeptRow[] = [];
    for (const sent of batch) {
      const answered = answers.find((one) => one.device === sent.row.device && one.key === sent.row.key);
      const current = rows.find(({ row }) => nameOf(row) === nameOf(sent.row));
      if (!answered || !current) continue;
      // It was finished while the answer was on its way: it is sent once more, with what became of it.
      if (current.row.done !== sent.row.done) continue;
      if (answered.answer === 'waiting') postponed.set(sent.row.key, now() + WAITING_MS);
      changes.push(await answeredRow(current.row, answered));
      for (const resolve of waiters.get(sent.row.key) ?? []) resolve(answered);
      waiters.delete(sent.row.key);
    }
    put(changes);
    // If the disk refuses, the rows are sent again after a reload and get the same answers.
    await disk.change(changes);
  }

  /** The server's word that it was booked is kept with the row: a restored server hears it again. */
  async function answeredRow(row: OutboxRow, answered: Answered): Promise<KeptRow> {
    const { answer, entry, marks, code } = answered;
    const kept: KeptAnswer = { answer, entry, marks, code };
    if (answer !== 'booked' || row.done !== null) return { row, answer: kept };
    return { row: await signedDone(row, 'server', entry), answer: kept };
  }

  return {
    rows: () => rows,
    append: (row, how) => inTurn(() => appendNext(row, how)),
    finish: (rowKey, how) => inTurn(() => finishRow(rowKey, how)),
    answerTo: (rowKey) =>
      new Promise((resolve) => {
        waiters.set(rowKey, [...(waiters.get(rowKey) ?? []), resolve]);
      }),
    wake,
    blockedBy: () => blocked,
    compare: (device, { missing, safe }) =>
      inTurn(async () => {
        const isOf = (numbers: readonly number[]) => {
          const those = new Set(numbers);
          return ({ row }: KeptRow) => row.device === device && those.has(row.number);
        };
        const last = endOf(rows, device).number;
        // The last row stays: the next one follows it.
        const gone = rows.filter((kept) => isOf(safe)(kept) && kept.row.number !== last);
        if (gone.length > 0 && (await disk.drop(gone))) rows = rows.filter((kept) => !gone.includes(kept));
        const lacking = rows.filter((kept) => isOf(missing)(kept) && kept.answer !== null);
        const again = lacking.map(({ row }) => ({ row, answer: null }));
        if (again.length > 0) await disk.change(again);
        put(again);
        wake();
      }),
  };
}

function nameOf({ device, key }: OutboxRow): string {
  return `${device} ${key}`;
}

function endOf(rows: readonly KeptRow[], device: string): ChainEnd {
  const own = rows.filter(({ row }) => row.device === device);
  return own.reduce<ChainEnd>(
    (last, { row }) => (row.number > last.number ? { number: row.number, hash: row.hash } : last),
    NO_ROWS,
  );
}

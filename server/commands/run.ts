import { sendRows, type Tx, type WrittenRow } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Call } from './command.ts';
import { type Ask, WorkingSet } from './read.ts';

/** A command's answer, or the error with which it left no trace. */
export type Outcome<Answer> =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly error: unknown };

/** Gives a call, after looking in the transaction whether its caller may give it. */
export interface Admission<Answer> {
  (tx: Tx): Promise<Call<Answer>>;
  /** The call that it will give unless something changed: what that one reads is read while the caller is looked up. */
  readonly likely?: Call<Answer> | undefined;
}

/** Called with the rows of a commit. They stand only if `tx` is committed. */
export type OnWritten = (tx: Tx, rows: readonly WrittenRow[]) => void;

/** Counts what commands do. It must not throw. */
export interface CommandObserver {
  /** Called once by the queue. `waiting` tells how many commands wait for their turn. */
  opened(waiting: () => number): void;
  readonly onWritten: OnWritten;
  /** Called when commands have run, with their number and the waves of reading and writing they took. */
  ran(commands: number, waves: number): void;
}

/** A commit is not made longer than this: others wait for it. A command that alone is longer has one of its own. */
const ROWS_MOST = 2000;
/** This many commands are let in and read for together at most: enough to pay, few enough to answer soon. */
const COMMANDS_AT_ONCE = 64;

/** How commands are run. */
interface Running<Answer> {
  readonly observer?: Pick<CommandObserver, 'onWritten' | 'ran'> | undefined;
  /**
   * Called once, when the first reads have their answers: the commands that have come meanwhile run too. The book was waited for
   * until then, for as long as another process had it.
   */
  readonly join?: () => readonly Admission<Answer>[];
}

/**
 * Runs commands of one village in one transaction, one after the other. The reads of all of them are answered together,
 * each is decided on what the ones before it leave, and their rows are written together. One that refuses leaves nothing.
 * It answers for as many as fit into one commit: the caller runs the rest in another.
 */
export async function runCommands<Answer>(
  tx: Tx,
  villageId: string,
  first: readonly Admission<Answer>[],
  { observer, join = () => [] }: Running<Answer> = {},
): Promise<Outcome<Answer>[]> {
  await tx.lockBook(villageId);
  const openings = [...first];
  const opened: Outcome<Call<Answer>>[] = [];
  const outcomes: Outcome<Answer>[] = [];
  const set = new WorkingSet();
  const { onWritten } = observer ?? {};
  let written = 0;
  let waves = 0;
  while (outcomes.length < openings.length) {
    if (opened.length === outcomes.length) {
      const some = openings.slice(opened.length, opened.length + COMMANDS_AT_ONCE);
      opened.push(...(await letIn(tx, villageId, set, some)));
    }
    const rest = opened.slice(outcomes.length).flatMap((one) => (one.ok ? [one.answer] : []));
    await loadAll(tx, villageId, set, rest);
    if (waves === 0) openings.push(...join());
    const before = outcomes.length;
    const { rows, next, isFull } = decideWave(set, opened, outcomes, written);
    waves += 1;
    if (next && outcomes.length === 0) {
      outcomes.push({ ok: true, answer: await runWork(tx, next, onWritten) });
      break;
    }
    await flush(tx, rows);
    onWritten?.(tx, rows);
    written += rows.length;
    if (next || isFull) break;
    if (outcomes.length === before) throw new Error('a command asks for what was just read');
  }
  observer?.ran(outcomes.length, waves);
  return outcomes;
}

/** Runs one command within a transaction of the caller's. Throws what it refuses with. */
export async function runCommand<Answer>(
  tx: Tx,
  villageId: string,
  call: Call<Answer>,
  onWritten: OnWritten = () => undefined,
): Promise<Answer> {
  const observer = { onWritten, ran: () => undefined };
  const [outcome] = await runCommands(tx, villageId, [() => Promise.resolve(call)], { observer });
  if (!outcome) throw new Error('a command was not run');
  if (!outcome.ok) throw outcome.error;
  return outcome.answer;
}

/** Lets commands in. The reads that each of them probably asks for go out at the same time. */
async function letIn<Answer>(
  tx: Tx,
  villageId: string,
  set: WorkingSet,
  openings: readonly Admission<Answer>[],
): Promise<Outcome<Call<Answer>>[]> {
  const likely = openings.flatMap((open) => (open.likely ? [open.likely.first()] : []));
  const [opened] = await Promise.all([
    Promise.all(openings.map((open) => unlessRefused(() => open(tx)))),
    load(tx, villageId, set, likely),
  ]);
  return opened;
}

async function loadAll(
  tx: Tx,
  villageId: string,
  set: WorkingSet,
  calls: readonly Call<unknown>[],
): Promise<void> {
  await load(
    tx,
    villageId,
    set,
    calls.map((call) => call.first()),
  );
  const second = calls
    .filter((call) => set.has(call.first()))
    .flatMap((call) => {
      const asked = tryTo(() => call.second(set));
      return asked.ok ? [asked.answer] : [];
    });
  await load(tx, villageId, set, second);
}

/** Reads for the first of these questions: those whose commands have room in one commit, and at least for one. */
async function load(
  tx: Tx,
  villageId: string,
  set: WorkingSet,
  asks: readonly Ask<unknown>[],
): Promise<void> {
  let keys = 0;
  const end = asks.findIndex(({ wanted }) => (keys += wanted.length) > ROWS_MOST);
  await set.load(tx, villageId, end < 0 ? asks : asks.slice(0, Math.max(1, end)));
  // A command that asks for more is a large one: readers are answered before it decides.
  if (keys > ROWS_MOST) await tx.pause();
}

/** Rows are not waited for: what is read next, and the commit, are sent right behind them. */
async function flush(tx: Tx, rows: readonly WrittenRow[]): Promise<void> {
  if (rows.length > ROWS_MOST) await tx.pause();
  for (const write of await sendRows(tx, rows)) tx.answeredWithCommit(write);
}

/** The plan of a command that has work of its own. */
interface WorkPlan<Answer> {
  readonly rows: readonly WrittenRow[];
  readonly work: (tx: Tx) => Promise<Answer>;
}

/**
 * Work may write any row, and if it refuses, everything in its transaction is undone. So it comes first in its
 * transaction, and the commands behind it wait for the next.
 */
async function runWork<Answer>(
  tx: Tx,
  { rows, work }: WorkPlan<Answer>,
  onWritten?: OnWritten,
): Promise<Answer> {
  await flush(tx, rows);
  const answer = await work(tx);
  onWritten?.(tx, rows);
  return answer;
}

interface Wave<Answer> {
  readonly rows: readonly WrittenRow[];
  /** The next command, if it has work of its own. */
  readonly next?: WorkPlan<Answer>;
  /** True when the next command has no room in this commit. */
  readonly isFull?: boolean;
}

/** Decides commands in their order, until one asks for what the ones before it have made stale, or the commit is full. */
function decideWave<Answer>(
  set: WorkingSet,
  opened: readonly Outcome<Call<Answer>>[],
  outcomes: Outcome<Answer>[],
  written: number,
): Wave<Answer> {
  const rows: WrittenRow[] = [];
  // A command writes about as many rows as it asks for.
  const isFull = (...asks: Ask<unknown>[]) =>
    asks.reduce((sum, { wanted }) => sum + wanted.length, written + rows.length) > ROWS_MOST;
  for (let one = opened[outcomes.length]; one; one = opened[outcomes.length]) {
    if (!one.ok) {
      outcomes.push(one);
      continue;
    }
    const call = one.answer;
    const first = call.first();
    const isBehind = written + rows.length > 0;
    if (isBehind && isFull(first)) return { rows, isFull: true };
    if (!set.has(first)) break;
    const second = tryTo(() => call.second(set));
    if (isBehind && second.ok && isFull(first, second.answer)) return { rows, isFull: true };
    if (second.ok && !set.has(second.answer)) break;
    const decided = second.ok ? tryTo(() => call.decide(set)) : second;
    if (!decided.ok) {
      outcomes.push(decided);
      continue;
    }
    const plan = decided.answer;
    if (plan.work) return { rows, next: plan };
    set.fold(plan.rows);
    for (const row of plan.rows) rows.push(row);
    outcomes.push({ ok: true, answer: plan.answer });
  }
  return { rows };
}

/** A mistake in one decision harms no other. */
function tryTo<T>(act: () => T): Outcome<T> {
  try {
    return { ok: true, answer: act() };
  } catch (error) {
    return { ok: false, error };
  }
}

/** Any other error may be the database's, which says what becomes of the whole commit. */
async function unlessRefused<T>(act: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, answer: await act() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error };
    throw error;
  }
}

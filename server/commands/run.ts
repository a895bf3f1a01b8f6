import { type Tx, writeRows, type WrittenRow } from '../../db/index.ts';
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

/** A commit is not made longer than this: others wait for it. */
const ROWS_MOST = 2000;
const KEYS_MOST = 4000;

/**
 * Runs commands of one village in one transaction, one after the other. The reads of all of them are answered together,
 * each is decided on what the ones before it leave, and their rows are written together. One that refuses leaves nothing.
 * It answers for as many as fit into one commit: the caller runs the rest in another.
 */
export async function runCommands<Answer>(
  tx: Tx,
  villageId: string,
  openings: readonly Admission<Answer>[],
  observer?: Pick<CommandObserver, 'onWritten' | 'ran'>,
): Promise<Outcome<Answer>[]> {
  await tx.lockBook(villageId);
  const set = new WorkingSet();
  const likely = openings.flatMap((open) => (open.likely ? [open.likely.first()] : []));
  const [opened] = await Promise.all([
    Promise.all(openings.map((open) => unlessRefused(() => open(tx)))),
    set.load(tx, villageId, upToMost(likely)),
  ]);
  const outcomes: Outcome<Answer>[] = [];
  const { onWritten } = observer ?? {};
  let written = 0;
  let waves = 0;
  while (outcomes.length < opened.length && written < ROWS_MOST) {
    const rest = opened.slice(outcomes.length).flatMap((one) => (one.ok ? [one.answer] : []));
    await loadAll(tx, villageId, set, rest);
    const before = outcomes.length;
    const { rows, next } = decideWave(set, opened, outcomes);
    waves += 1;
    if (next && outcomes.length === 0) {
      outcomes.push({ ok: true, answer: await runWork(tx, next, onWritten) });
      break;
    }
    // What is read for the next wave, and the commit, are sent right behind them.
    tx.answeredWithCommit(writeRows(tx, rows));
    onWritten?.(tx, rows);
    written += rows.length;
    if (next) break;
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
  const [outcome] = await runCommands(tx, villageId, [() => Promise.resolve(call)], observer);
  if (!outcome) throw new Error('a command was not run');
  if (!outcome.ok) throw outcome.error;
  return outcome.answer;
}

async function loadAll(
  tx: Tx,
  villageId: string,
  set: WorkingSet,
  calls: readonly Call<unknown>[],
): Promise<void> {
  await set.load(tx, villageId, upToMost(calls.map((call) => call.first())));
  const second = calls
    .filter((call) => set.has(call.first()))
    .flatMap((call) => {
      const asked = tryTo(() => call.second(set));
      return asked.ok ? [asked.answer] : [];
    });
  await set.load(tx, villageId, upToMost(second));
}

/** The first of these questions, so that large commands are not loaded again for each that goes before them. */
function upToMost(asks: readonly Ask<unknown>[]): readonly Ask<unknown>[] {
  let keys = 0;
  const end = asks.findIndex(({ wanted }) => (keys += wanted.length) > KEYS_MOST);
  return end < 0 ? asks : asks.slice(0, Math.max(1, end));
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
  tx.answeredWithCommit(writeRows(tx, rows));
  const answer = await work(tx);
  onWritten?.(tx, rows);
  return answer;
}

interface Wave<Answer> {
  readonly rows: readonly WrittenRow[];
  /** The next command, if it has work of its own. */
  readonly next?: WorkPlan<Answer>;
}

/** Decides commands in their order, until one asks for what the ones before it have made stale. */
function decideWave<Answer>(
  set: WorkingSet,
  opened: readonly Outcome<Call<Answer>>[],
  outcomes: Outcome<Answer>[],
): Wave<Answer> {
  const rows: WrittenRow[] = [];
  for (let one = opened[outcomes.length]; one && rows.length < ROWS_MOST; one = opened[outcomes.length]) {
    if (!one.ok) {
      outcomes.push(one);
      continue;
    }
    const call = one.answer;
    if (!set.has(call.first())) break;
    const second = tryTo(() => call.second(set));
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

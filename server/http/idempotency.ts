import { and, asc, eq, getTableColumns, gt, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import {
  added,
  chunked,
  ownColumns,
  type RowOf,
  type Store,
  type Tables,
  type Tx,
  type WrittenRow,
  writeRows,
} from '../../db/index.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import { Refusal } from '../../shared/errors.ts';
import { type Ask, type Call, read, together } from '../commands/index.ts';

/** The status of a command whose answer is no longer kept. Its key stays taken for ever. */
const FORGOTTEN = 410;
const ROWS_A_PAGE = 500;

/** One write. The same command again gets the kept answer; any other command under its key is refused. */
export interface Command {
  readonly villageId: string;
  readonly key: string;
  readonly route: EndpointId;
  readonly actorId: string;
  readonly inputHash: string;
  readonly nowMs: number;
}

/**
 * Takes the key for this command, inside its transaction. Returns the kept answer if the command was done before. If
 * two come at the same moment, the second waits here for the first, and then finds its answer.
 */
export async function claim(tx: Tx, command: Command): Promise<{ kept: unknown } | null> {
  const { villageId, key, route, actorId, inputHash, nowMs } = command;
  const claimed = await tx.write(
    'http.claimCommand',
    ({ db, t }) =>
      db
        .insert(t.commands)
        .values({
          villageId: sql.placeholder('villageId'),
          idempotencyKey: sql.placeholder('key'),
          route: sql.placeholder('route'),
          actorId: sql.placeholder('actorId'),
          inputHash: sql.placeholder('inputHash'),
          response: sql`'{}'`,
          createdAtMs: sql.placeholder('nowMs'),
          status: 0,
        })
        .onConflictDoNothing(),
    { villageId, key, route, actorId, inputHash, nowMs },
  );
  if (claimed === 1) return null;
  const [kept] = await tx.prepared(
    'http.keptCommand',
    ({ db, t }) =>
      db
        .select()
        .from(t.commands)
        .where(
          and(
            eq(t.commands.villageId, sql.placeholder('villageId')),
            eq(t.commands.idempotencyKey, sql.placeholder('key')),
          ),
        ),
    { villageId, key },
  );
  if (!kept) throw new Refusal('idempotency.conflict');
  return { kept: answerFor(command, kept) };
}

/** The answer that was kept for this command. Refuses another one under its key. */
function answerFor({ route, actorId, inputHash }: Command, kept: Kept): unknown {
  // Its answer was forgotten, because of its age or with a household's data. It is only known that the command was
  // done.
  if (kept.status === FORGOTTEN) throw new Refusal('idempotency.conflict');
  const same = kept.route === route && kept.actorId === actorId && kept.inputHash === inputHash;
  if (!same) throw new Refusal('idempotency.conflict');
  return kept.response;
}

/** Keeps the answer with its key, in the same transaction as the act itself. */
export async function keepAnswer(tx: Tx, { villageId, key }: Command, answer: unknown): Promise<void> {
  await tx.write(
    'http.keepAnswer',
    ({ db, t }) =>
      db
        .update(t.commands)
        .set({ status: 200, response: sql`${sql.placeholder('response')}` })
        .where(
          and(
            eq(t.commands.villageId, sql.placeholder('villageId')),
            eq(t.commands.idempotencyKey, sql.placeholder('key')),
          ),
        ),
    { villageId, key, response: JSON.stringify(answer) },
  );
}

type Kept = RowOf<'commands'>;

interface KeyUse {
  /** The command that has the key already. */
  readonly command: Kept | undefined;
  /** The entry that has it. A journal that was brought in from elsewhere has entries without their commands. */
  readonly entry: number | null;
}

/** How a key was used before, looked up at once where commands and entries keep theirs. */
const useOfKey = read<readonly [key: string], KeyUse>()({
  name: 'http.useOfKey',
  over: {
    commands: (answers, { now }) =>
      answers.change([now.idempotencyKey], (before) => ({ ...before, command: now })),
    journal: (answers, { now }) =>
      answers.change([now.idempotencyKey], (before) => ({ ...before, entry: now.number })),
  },
  rows: ({ db, t: { commands, journal }, keys }) =>
    db
      .select({ at: keys.at, ...getTableColumns(commands), entry: journal.number })
      .from(keys.table)
      .leftJoin(
        commands,
        and(eq(commands.villageId, keys.villageId), eq(commands.idempotencyKey, keys.part(0))),
      )
      .leftJoin(
        journal,
        and(eq(journal.villageId, keys.villageId), eq(journal.idempotencyKey, keys.part(0))),
      ),
  answer: ([found]) => ({ command: commandIn(found), entry: found?.entry ?? null }),
});

/** The command in a row that may have none. */
function commandIn(found: { readonly [C in keyof Kept]: Kept[C] | null } | undefined): Kept | undefined {
  return found && found.idempotencyKey !== null ? ownColumns('commands', found as Kept) : undefined;
}

/** How answers are kept: `fresh` is checked and kept, and a kept one is given again, for which rows may have to be read. */
export interface Keeping<Outcome> {
  readonly fresh: (answer: unknown) => { readonly outcome: Outcome; readonly kept: unknown };
  readonly again: (kept: unknown) => Ask<Outcome>;
}

/**
 * Makes a call that is done once for its key: the same command again gets the kept answer. The key is looked up with the
 * other reads of the commit, and written once with its answer.
 */
export function onceForKey<Outcome>(
  command: Command,
  call: Call<unknown>,
  { fresh, again }: Keeping<Outcome>,
): Call<Outcome> {
  const before = useOfKey.one([command.key]);
  const first = together({ before, own: call.first() });
  let earlier: Ask<Outcome> | null = null;
  return {
    first: () => first,
    second(set) {
      const { command: found } = before.pick(set);
      earlier = found ? again(answerFor(command, found)) : null;
      return earlier ?? call.second(set);
    },
    decide(set) {
      if (earlier) return { rows: [], answer: earlier.pick(set) };
      const { entry } = before.pick(set);
      if (entry !== null) throw new Refusal('idempotency.conflict', { number: entry });
      const plan = call.decide(set);
      const { rows, work } = plan;
      if (!work) {
        const { outcome, kept } = fresh(plan.answer);
        return { rows: [...rows, commandRow(command, kept)], answer: outcome };
      }
      return {
        rows,
        async work(tx) {
          const { outcome, kept } = fresh(await work(tx));
          await writeRows(tx, [commandRow(command, kept)]);
          return outcome;
        },
      };
    },
  };
}

function commandRow(command: Command, response: unknown): WrittenRow {
  const { villageId, key, route, actorId, inputHash, nowMs } = command;
  const row = { villageId, idempotencyKey: key, route, actorId, inputHash, createdAtMs: nowMs };
  return added('commands', { ...row, status: 200, response });
}

/** The answers of a village that may be forgotten. */
export interface ForgetAnswers {
  readonly villageId: string;
  /** Answers of these routes that are older than `secretBeforeMs` go; others that are older than `beforeMs`. */
  readonly secretRoutes: readonly EndpointId[];
  readonly secretBeforeMs: number;
  readonly beforeMs: number;
  /** Asked between pages, because the server may be shutting down. */
  readonly isOver: () => boolean;
}

/** Forgets old answers, route by route along the index of kept ones: keys whose answer is forgotten are not met again. */
export async function forgetAnswers(store: Store, old: ForgetAnswers): Promise<void> {
  const { villageId, secretRoutes, secretBeforeMs, beforeMs, isOver } = old;
  for (let route = await routeAfter(store, villageId, ''); route;) {
    const isSecret = secretRoutes.some((one) => one === route);
    const before = { villageId, route, beforeMs: isSecret ? secretBeforeMs : beforeMs };
    while (!isOver() && (await forgetPage(store, before)) === ROWS_A_PAGE);
    if (isOver()) return;
    route = await routeAfter(store, villageId, route);
  }
}

/** Finds the next route of which an answer is kept; a route may have left the program since. */
async function routeAfter(store: Store, villageId: string, route: string): Promise<string | undefined> {
  const [next] = await store.read(({ db, t: { commands } }) =>
    db
      .select({ route: commands.route })
      .from(commands)
      .where(and(eq(commands.villageId, villageId), isKept(commands), gt(commands.route, route)))
      .orderBy(asc(commands.route))
      .limit(1),
  );
  return next?.route;
}

/** Forgets the next page of a route's old answers. Returns how many there were. */
async function forgetPage(
  store: Store,
  { villageId, route, beforeMs }: { villageId: string; route: string; beforeMs: number },
): Promise<number> {
  const page = await store.read(({ db, t: { commands } }) =>
    db
      .select({ key: commands.idempotencyKey })
      .from(commands)
      .where(
        and(
          eq(commands.villageId, villageId),
          isKept(commands),
          eq(commands.route, route),
          lt(commands.createdAtMs, beforeMs),
        ),
      )
      .orderBy(asc(commands.createdAtMs))
      .limit(ROWS_A_PAGE),
  );
  const keys = page.map(({ key }) => key);
  if (keys.length > 0) await store.transaction((tx) => forget(tx, villageId, keys));
  return keys.length;
}

/** Written out, because a partial index is found by the words of its condition. */
function isKept({ status }: Tables['commands']): SQL {
  return sql`${status} = 200`;
}

/** Forgets every kept answer of the village that holds one of these texts. */
export async function forgetAnswersWith(tx: Tx, villageId: string, texts: readonly string[]): Promise<void> {
  const { commands } = tx.t;
  const answer = sql`cast(${commands.response} as text)`;
  const found = await tx.db
    .select({ key: commands.idempotencyKey })
    .from(commands)
    .where(
      and(
        eq(commands.villageId, villageId),
        isKept(commands),
        or(...texts.map((text) => contains(answer, text))),
      ),
    );
  for (const some of chunked(found)) {
    const keys = some.map(({ key }) => key);
    await forget(tx, villageId, keys);
  }
}

/** The hash of the input is removed too: somebody who guesses a name and a phone number could check them against it. */
async function forget(tx: Tx, villageId: string, keys: readonly string[]): Promise<void> {
  const { commands } = tx.t;
  await tx.db
    .update(commands)
    .set({ status: FORGOTTEN, response: {}, inputHash: '' })
    .where(and(eq(commands.villageId, villageId), inArray(commands.idempotencyKey, [...keys])))
    .returning({ key: commands.idempotencyKey });
}

function contains(text: SQL, part: string): SQL {
  return sql`${text} like ${`%${part.replace(/[%_!]/g, '!$&')}%`} escape '!'`;
}

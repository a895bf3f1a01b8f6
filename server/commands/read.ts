import type { Db } from '#engine';
import { type KeyTable, keyTable, keyValues, type Reader } from '../../db/index.ts';
import type { Preparable, TableName, Tables, WrittenIn, WrittenRow } from '../../db/index.ts';

export type Key = readonly (string | number)[];

/** The database as one read sees it: the tables that it names, and no others. */
export interface Source<Over extends TableName> {
  readonly db: Db;
  readonly t: Pick<Tables, Over>;
  readonly keys: KeyTable;
}

/** The answers of one read that a commit has already. Keys that are not among them are left alone. */
export interface Answers<K extends Key, A> {
  /** Puts another answer in the place of the one that is there. */
  change(key: K, to: (answer: A) => A): void;
  /** Forgets an answer: whoever asks for it next has it read again. */
  drop(key: K): void;
  /** Forgets all answers. */
  dropAll(): void;
  /** Forgets the answers for which this holds. It looks at all of them. */
  dropWhere(holds: (answer: A, key: K) => boolean): void;
}

/**
 * The effect of a written row on the answers of a read. `stale`: all of them are read again, which is always right and
 * slower. `apart`: such a row never changes an answer, and a comment says why.
 */
type Fold<K extends Key, A, T extends TableName> =
  'stale' | 'apart' | ((answers: Answers<K, A>, row: WrittenIn<T>) => void);

interface ReadSpec<K extends Key, A, Over extends TableName, Row extends { at: number }> {
  /** Unique to the read: its statement is prepared under this name. */
  readonly name: string;
  /** Every table the statement looks at. A table that is missing here cannot be used in it. */
  readonly over: { readonly [T in Over]: Fold<K, A, T> };
  /** One statement for all keys. `at` says to which key a row belongs. */
  readonly rows: (source: Source<Over>) => Preparable<Row[]>;
  /** Makes the answer for a key of its rows, in their order; of none when nothing was found. */
  readonly answer: (rows: readonly Row[]) => A;
}

/**
 * A read by key, answered for all commands of a commit with one statement. It says how written rows change its answers,
 * so that a command sees what earlier ones did, and no command needs to know who reads what it writes.
 */
export interface Read<K extends Key, A> {
  one(key: K): Ask<A>;
  each(keys: readonly K[]): Ask<(...key: K) => A>;
}

/** A question to the working set, with everything that must be loaded before it can be answered. */
export interface Ask<A> {
  readonly wanted: readonly Wanted[];
  pick(set: WorkingSet): A;
}

interface Wanted {
  readonly read: LoadedRead;
  readonly text: string;
  readonly key: Key;
}

export type Asks = Readonly<Record<string, Ask<unknown>>>;
/** The answers to several questions, by the same names. */
export type Known<Q extends Asks> = { readonly [Name in keyof Q]: Q[Name] extends Ask<infer A> ? A : never };

/** A read without the types of its keys and answers, as the working set keeps it. */
interface LoadedRead {
  has(set: WorkingSet, text: string): boolean;
  load(reader: Reader, villageId: string, set: WorkingSet, keys: ReadonlyMap<string, Key>): Promise<void>;
  fold(set: WorkingSet, row: WrittenRow): void;
}

/** The answers that the commands of one commit share, kept true by the rows that they write. */
export class WorkingSet {
  private readonly reads = new Set<LoadedRead>();
  private unfolded: (readonly WrittenRow[])[] = [];

  has({ wanted }: Ask<unknown>): boolean {
    this.foldAll();
    return wanted.every(({ read, text }) => read.has(this, text));
  }

  /** Reads what is missing: one statement a read, all sent together. */
  async load(reader: Reader, villageId: string, asks: readonly Ask<unknown>[]): Promise<void> {
    this.foldAll();
    const missing = new Map<LoadedRead, Map<string, Key>>();
    for (const { wanted } of asks) {
      for (const { read, text, key } of wanted) {
        if (read.has(this, text)) continue;
        const keys = missing.get(read) ?? new Map<string, Key>();
        missing.set(read, keys.set(text, key));
      }
    }
    await Promise.all(
      Array.from(missing, ([read, keys]) => {
        this.reads.add(read);
        return read.load(reader, villageId, this, keys);
      }),
    );
  }

  /** Lets every read that was used take in the rows of a command, as soon as somebody asks again. */
  fold(rows: readonly WrittenRow[]): void {
    this.unfolded.push(rows);
  }

  private foldAll(): void {
    const all = this.unfolded;
    if (all.length === 0) return;
    this.unfolded = [];
    for (const rows of all) for (const row of rows) for (const read of this.reads) read.fold(this, row);
  }
}

/** Declares a read: `read<[id: string], Row | undefined>()({ … })`. */
export function read<const K extends Key, A>() {
  return <const Over extends TableName, Row extends { at: number }>(
    spec: ReadSpec<K, A, Over, Row>,
  ): Read<K, A> => {
    const made = new KeyedRead<K, A, Over, Row>(spec);
    const wanted = (key: K) => ({ read: made, text: textOf(key), key });
    return {
      one: (key) => ({ wanted: [wanted(key)], pick: (set) => made.find(set, key) }),
      each: (keys) => ({
        wanted: keys.map(wanted),
        pick:
          (set) =>
          (...key) =>
            made.find(set, key),
      }),
    };
  };
}

/** A row as it is stored, without its place among the keys. */
export function stored<Row extends { at: number }>({ at: _, ...row }: Row): Omit<Row, 'at'> {
  return row;
}

/** An answer that needs no reading. */
export function given<A>(answer: A): Ask<A> {
  return { wanted: [], pick: () => answer };
}

/** One question whose answer holds those of all. */
export function together<Q extends Asks>(asks: Q): Ask<Known<Q>> {
  const entries = Object.entries(asks);
  return {
    wanted: entries.flatMap(([, { wanted }]) => wanted),
    pick: (set) => Object.fromEntries(entries.map(([name, ask]) => [name, ask.pick(set)])) as Known<Q>,
  };
}

/** Answers a question at once, for work that is no command. */
export async function askNow<A>(reader: Reader, villageId: string, ask: Ask<A>): Promise<A> {
  const set = new WorkingSet();
  await set.load(reader, villageId, [ask]);
  return ask.pick(set);
}

function textOf(key: Key): string {
  return key.length === 1 ? String(key[0]) : JSON.stringify(key);
}

interface Found<K, A> {
  readonly key: K;
  readonly answer: A;
}

class KeyedRead<K extends Key, A, Over extends TableName, Row extends { at: number }> implements LoadedRead {
  private readonly spec: ReadSpec<K, A, Over, Row>;
  private readonly folds: ReadonlyMap<string, 'stale' | ((answers: Answers<K, A>, row: WrittenRow) => void)>;
  private readonly found = new WeakMap<WorkingSet, Map<string, Found<K, A>>>();

  constructor(spec: ReadSpec<K, A, Over, Row>) {
    this.spec = spec;
    const folds = Object.entries(spec.over) as [string, Fold<K, A, TableName>][];
    this.folds = new Map(folds.flatMap(([table, fold]) => (fold === 'apart' ? [] : [[table, fold]])));
  }

  has(set: WorkingSet, text: string): boolean {
    return this.found.get(set)?.has(text) === true;
  }

  find(set: WorkingSet, key: K): A {
    const found = this.found.get(set)?.get(textOf(key));
    if (!found) throw new Error(`${this.spec.name} was not asked for ${textOf(key)}`);
    return found.answer;
  }

  async load(
    reader: Reader,
    villageId: string,
    set: WorkingSet,
    keys: ReadonlyMap<string, Key>,
  ): Promise<void> {
    const { name, rows, answer } = this.spec;
    const wanted = Array.from(keys);
    const found = await reader.prepared(
      `read ${name}`,
      ({ db, t }) => rows({ db, t, keys: keyTable(reader.engine) }),
      keyValues(
        villageId,
        wanted.map(([, key]) => key),
      ),
    );
    const byKey = Map.groupBy(found, ({ at }) => at);
    const answers = this.found.get(set) ?? new Map<string, Found<K, A>>();
    this.found.set(set, answers);
    for (const [at, [text, key]] of wanted.entries())
      answers.set(text, { key: key as K, answer: answer(byKey.get(at) ?? []) });
  }

  fold(set: WorkingSet, row: WrittenRow): void {
    const fold = this.folds.get(row.table);
    const found = this.found.get(set);
    if (fold === undefined || !found || found.size === 0) return;
    if (fold === 'stale') found.clear();
    else fold(answersIn(found), row);
  }
}

function answersIn<K extends Key, A>(found: Map<string, Found<K, A>>): Answers<K, A> {
  return {
    change(key, to) {
      const text = textOf(key);
      const before = found.get(text);
      if (before) found.set(text, { key: before.key, answer: to(before.answer) });
    },
    drop: (key) => void found.delete(textOf(key)),
    dropAll: () => found.clear(),
    dropWhere(holds) {
      for (const [text, { key, answer }] of found) if (holds(answer, key)) found.delete(text);
    },
  };
}

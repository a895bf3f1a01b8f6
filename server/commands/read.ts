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
  /** The tables whose written rows change its answers. */
  readonly folded: readonly string[];
  has(set: WorkingSet, text: string): boolean;
  load(reader: Reader, villageId: string, set: WorkingSet, keys: readonly Wanted[]): Promise<void>;
  fold(set: WorkingSet, row: WrittenRow): void;
}

/** The answers that the commands of one commit share, kept true by the rows that they write. */
export class WorkingSet {
  private readonly reads = new Set<LoadedRead>();
  /** The reads in use, by the tables whose rows change their answers. */
  private readonly byTable = new Map<string, LoadedRead[]>();
  private unfolded: (readonly WrittenRow[])[] = [];

  has({ wanted }: Ask<unknown>): boolean {
    this.foldAll();
    for (const { read, text } of wanted) if (!read.has(this, text)) return false;
    return true;
  }

  /** Reads what is missing: one statement a read, all sent together. */
  async load(reader: Reader, villageId: string, asks: readonly Ask<unknown>[]): Promise<void> {
    this.foldAll();
    const missing = new Map<LoadedRead, Map<string, Wanted>>();
    for (const { wanted } of asks) {
      for (const one of wanted) {
        const { read, text } = one;
        if (read.has(this, text)) continue;
        let keys = missing.get(read);
        if (!keys) missing.set(read, (keys = new Map<string, Wanted>()));
        keys.set(text, one);
      }
    }
    await Promise.all(
      Array.from(missing, ([read, keys]) => {
        this.use(read);
        return read.load(reader, villageId, this, Array.from(keys.values()));
      }),
    );
  }

  private use(read: LoadedRead): void {
    if (this.reads.has(read)) return;
    this.reads.add(read);
    for (const table of read.folded) {
      const others = this.byTable.get(table);
      if (others) others.push(read);
      else this.byTable.set(table, [read]);
    }
  }

  /** Lets every read that was used take in the rows of a command, as soon as somebody asks again. */
  fold(rows: readonly WrittenRow[]): void {
    this.unfolded.push(rows);
  }

  private foldAll(): void {
    const all = this.unfolded;
    if (all.length === 0) return;
    this.unfolded = [];
    for (const rows of all) {
      for (const row of rows) {
        for (const read of this.byTable.get(row.table) ?? NO_READS) read.fold(this, row);
      }
    }
  }
}

const NO_READS: readonly LoadedRead[] = [];

/** Declares a read: `read<[id: string], Row | undefined>()({ … })`. */
export function read<const K extends Key, A>() {
  return <const Over extends TableName, Row extends { at: number }>(
    spec: ReadSpec<K, A, Over, Row>,
  ): Read<K, A> => {
    const made = new KeyedRead<K, A, Over, Row>(spec);
    return {
      one: (key) => new KeyAsk(made, key),
      each: (keys) => ({
        wanted: keys.map((key) => new KeyAsk(made, key)),
        pick:
          (set) =>
          (...key) =>
            made.find(set, textOf(key)),
      }),
    };
  };
}

/** One key of one read, which is all that has to be loaded for its answer. */
class KeyAsk<K extends Key, A> implements Ask<A>, Wanted {
  readonly read: LoadedRead & Finder<A>;
  readonly text: string;
  readonly key: K;
  readonly wanted: readonly Wanted[] = [this];

  constructor(from: LoadedRead & Finder<A>, key: K) {
    this.read = from;
    this.key = key;
    this.text = textOf(key);
  }

  pick(set: WorkingSet): A {
    return this.read.find(set, this.text);
  }
}

interface Finder<A> {
  find(set: WorkingSet, text: string): A;
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
  const wanted: Wanted[] = [];
  for (const name in asks) for (const one of asks[name]?.wanted ?? []) wanted.push(one);
  return {
    wanted,
    pick(set) {
      const known: Record<string, unknown> = {};
      for (const name in asks) known[name] = asks[name]?.pick(set);
      return known as Known<Q>;
    },
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
  answer: A;
}

/** The answers of one read in one working set. */
class FoundAnswers<K extends Key, A> implements Answers<K, A> {
  readonly byText = new Map<string, Found<K, A>>();

  change(key: K, to: (answer: A) => A): void {
    const found = this.byText.get(textOf(key));
    if (found) found.answer = to(found.answer);
  }

  drop(key: K): void {
    this.byText.delete(textOf(key));
  }

  dropAll(): void {
    this.byText.clear();
  }

  dropWhere(holds: (answer: A, key: K) => boolean): void {
    for (const [text, { key, answer }] of this.byText) if (holds(answer, key)) this.byText.delete(text);
  }
}

class KeyedRead<K extends Key, A, Over extends TableName, Row extends { at: number }>
  implements LoadedRead, Finder<A>
{
  readonly folded: readonly string[];
  private readonly spec: ReadSpec<K, A, Over, Row>;
  private readonly folds: ReadonlyMap<string, 'stale' | ((answers: Answers<K, A>, row: WrittenRow) => void)>;
  private readonly found = new WeakMap<WorkingSet, FoundAnswers<K, A>>();

  constructor(spec: ReadSpec<K, A, Over, Row>) {
    this.spec = spec;
    const folds = Object.entries(spec.over) as [string, Fold<K, A, TableName>][];
    this.folds = new Map(folds.flatMap(([table, fold]) => (fold === 'apart' ? [] : [[table, fold]])));
    this.folded = Array.from(this.folds.keys());
  }

  has(set: WorkingSet, text: string): boolean {
    return this.found.get(set)?.byText.has(text) === true;
  }

  find(set: WorkingSet, text: string): A {
    const found = this.found.get(set)?.byText.get(text);
    if (!found) throw new Error(`${this.spec.name} was not asked for ${text}`);
    return found.answer;
  }

  async load(reader: Reader, villageId: string, set: WorkingSet, wanted: readonly Wanted[]): Promise<void> {
    const { name, rows, answer } = this.spec;
    const found = await reader.prepared(
      `read ${name}`,
      ({ db, t }) => rows({ db, t, keys: keyTable(reader.engine) }),
      keyValues(
        villageId,
        wanted.map(({ key }) => key),
      ),
    );
    const byKey: Row[][] = [];
    for (const row of found) (byKey[row.at] ??= []).push(row);
    let answers = this.found.get(set);
    if (!answers) this.found.set(set, (answers = new FoundAnswers()));
    for (const [at, { text, key }] of wanted.entries())
      answers.byText.set(text, { key: key as K, answer: answer(byKey[at] ?? []) });
  }

  fold(set: WorkingSet, row: WrittenRow): void {
    const fold = this.folds.get(row.table);
    const found = this.found.get(set);
    if (fold === undefined || !found) return;
    if (fold === 'stale') found.dropAll();
    else fold(found, row);
  }
}

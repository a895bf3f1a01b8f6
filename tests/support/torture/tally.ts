import { openRaw, type Row } from '../raw.ts';
import type { Place } from '../server-process.ts';

/** A hand-over that a screen told, with what stood on that screen. */
export interface HandedOut {
  readonly kiosk: string;
  readonly household: string;
  readonly lines: readonly { readonly name: string; readonly pieces: number }[];
  /** `list`: a browser that was killed told it on no page, and its list of slips has it. */
  readonly told: '兑好了' | '已记在本机' | 'list';
  /** Its row on the device's disk; null: there is none. */
  readonly row: string | null;
  isUndone: boolean;
}

/** A hand-over of the book. */
interface Booked extends Omit<HandedOut, 'told'> {
  readonly entry: number;
}

type HandOver = HandedOut | Booked;

/** All counts are of hand-overs, by kiosk, household and goods; empty where screens and book agree. */
export interface Differences {
  readonly lost: string[];
  readonly invented: string[];
  readonly notUndone: string[];
  readonly undoneByNobody: string[];
  readonly points: string[];
  readonly pieces: string[];
}

export const NO_DIFFERENCES: Differences = {
  lost: [],
  invented: [],
  notUndone: [],
  undoneByNobody: [],
  points: [],
  pieces: [],
};

/** Points of households and pieces on shelves, as the book has them. */
export interface Stand {
  readonly entry: number;
  readonly points: ReadonlyMap<string, number>;
  readonly pieces: ReadonlyMap<string, number>;
}

export async function standOf(place: Place): Promise<Stand> {
  return reading(place, async (rows) => {
    const byName = async (sql: string) =>
      new Map((await rows(sql)).map(({ name, n }) => [String(name), Number(n)]));
    const balance = (kind: string, table: string, name: string) =>
      `select x.${name} as name, b.balance as n from balances b join accounts a
       on a.village_id = b.village_id and a.number = b.account_number
       join ${table} x on x.village_id = a.village_id and x.id = a.owner_id where a.kind = '${kind}'`;
    const [last] = await rows('select max(number) as n from journal');
    return {
      entry: Number(last?.n ?? 0),
      points: await byName(balance('household', 'households', 'number')),
      pieces: await byName(balance('shelf', 'goods', 'name')),
    };
  });
}

/** Compares what was told with the redemptions of the book since then, and the balances with both. */
export async function differences(
  place: Place,
  before: Stand,
  told: readonly HandedOut[],
  price: number,
): Promise<Differences> {
  const after = await standOf(place);
  const booked = await bookedSince(place, before.entry);
  const byClock = await awardedSince(place, before.entry);
  const standing = told.filter(({ isUndone }) => !isUndone);
  const undone = told.filter(({ isUndone }) => isUndone);
  const bookedStanding = booked.filter(({ isUndone }) => !isUndone);
  const bookedUndone = booked.filter(({ isUndone }) => isUndone);
  return {
    lost: without(standing, bookedStanding),
    invented: without(bookedStanding, standing),
    notUndone: without(undone, bookedUndone),
    undoneByNobody: without(bookedUndone, undone),
    points: moved(
      new Map([...before.points].map(([name, had]) => [name, had + (byClock.get(name) ?? 0)])),
      after.points,
      sumBy(standing, ({ household }) => household),
      price,
    ),
    pieces: moved(before.pieces, after.pieces, piecesByName(standing), 1),
  };
}

/** Points that the clock posted to households meanwhile: days pass, and notices of the demo village end. */
async function awardedSince(place: Place, entry: number): Promise<ReadonlyMap<string, number>> {
  const found = await reading(place, (rows) =>
    rows(`select h.number as name, sum(p.amount) as n from postings p
      join journal j on j.village_id = p.village_id and j.number = p.number
      join accounts a on a.village_id = p.village_id and a.number = p.account_number
      join households h on h.village_id = a.village_id and h.id = a.owner_id
      where p.number > ${String(entry)} and a.kind = 'household' and j.kind in ('award', 'deduction')
      group by h.number`),
  );
  return new Map(found.map(({ name, n }) => [String(name), Number(n)]));
}

async function bookedSince(place: Place, entry: number): Promise<Booked[]> {
  const found = await reading(place, (rows) =>
    rows(`select r.journal_number as entry, k.name as kiosk, h.number as household, l.name as name,
      l.quantity as pieces, u.number as undone, o.device_id as device, o.number as number
      from redemptions r
      join kiosks k on k.village_id = r.village_id and k.id = r.kiosk_id
      join households h on h.village_id = r.village_id and h.id = r.household_id
      join redemption_lines l on l.village_id = r.village_id and l.journal_number = r.journal_number
      join journal j on j.village_id = r.village_id and j.number = r.journal_number
      left join outbox_rows o on o.village_id = r.village_id and o.key = j.idempotency_key
      left join journal u on u.village_id = r.village_id and u.reverses_number = r.journal_number
      where r.journal_number > ${String(entry)}`),
  );
  const byEntry = new Map<number, Booked & { lines: { name: string; pieces: number }[] }>();
  for (const { entry: number, kiosk, household, name, pieces, undone, ...row } of found) {
    const one = byEntry.get(Number(number)) ?? {
      kiosk: String(kiosk),
      household: String(household),
      lines: [],
      row: row.device === null ? null : `${String(row.device)} ${String(row.number)}`,
      entry: Number(number),
      isUndone: undone !== null,
    };
    one.lines.push({ name: String(name), pieces: Number(pieces) });
    byEntry.set(Number(number), one);
  }
  return [...byEntry.values()];
}

async function reading<T>(
  place: Place,
  work: (rows: (sql: string) => Promise<Row[]>) => Promise<T>,
): Promise<T> {
  const raw = await openRaw(place);
  try {
    return await work((sql) => raw.rows(sql));
  } finally {
    await raw.close();
  }
}

function keyOf({ kiosk, household, lines }: HandOver): string {
  const things = lines.map(({ name, pieces }) => `${name}×${String(pieces)}`).sort();
  return `${kiosk} ${household}: ${things.join(' ')}`;
}

/** Says also where to look for it. */
function inWords(one: HandOver): string {
  const [device = '', number = ''] = one.row?.split(' ') ?? [];
  const row = one.row === null ? 'no row' : `row ${device.slice(0, 6)} ${number}`;
  const where = 'told' in one ? one.told : `entry ${String(one.entry)}`;
  return `${keyOf(one)} (${row}, ${where})`;
}

/** The first without as many of each as the second has; of the same things, those of the same row meet first. */
function without(some: readonly HandOver[], others: readonly HandOver[]): string[] {
  const left = [...others];
  const take = (isIt: (other: HandOver) => boolean) => {
    const at = left.findIndex(isIt);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  return some
    .filter((one) => !take((other) => other.row === one.row && keyOf(other) === keyOf(one)))
    .filter((one) => !take((other) => keyOf(other) === keyOf(one)))
    .map(inWords);
}

function sumBy(some: readonly HandedOut[], nameOf: (one: HandedOut) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const one of some) {
    const pieces = one.lines.reduce((sum, line) => sum + line.pieces, 0);
    sums.set(nameOf(one), (sums.get(nameOf(one)) ?? 0) + pieces);
  }
  return sums;
}

function piecesByName(some: readonly HandedOut[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { name, pieces } of some.flatMap(({ lines }) => lines))
    sums.set(name, (sums.get(name) ?? 0) + pieces);
  return sums;
}

function moved(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  taken: ReadonlyMap<string, number>,
  each: number,
): string[] {
  return [...before].flatMap(([name, had]) => {
    const should = had - (taken.get(name) ?? 0) * each;
    const has = after.get(name) ?? 0;
    return has === should ? [] : [`${name}: ${String(has)} instead of ${String(should)}`];
  });
}

/** Rows that a counter did by itself and that the desk cannot see, by their names. A row that the server had booked when it asked, before its answer was lost, is not late. */
export async function unlisted(
  place: Place,
  doneHere: readonly string[],
  listed: ReadonlySet<string>,
): Promise<string[]> {
  const rows = await reading(place, (ask) =>
    ask(`select device_id as device, number, answer, done_how as how from outbox_rows`),
  );
  const name = ({ device, number }: Row) => `${String(device)} ${String(number)}`;
  const onTime = new Set(rows.filter(({ answer, how }) => answer === 'booked' && how === 'asked').map(name));
  const late = rows.filter(({ answer }) => answer === 'late').map(name);
  const all = new Set([...late, ...doneHere.filter((row) => !onTime.has(row))]);
  return [...all].filter((row) => !listed.has(row));
}

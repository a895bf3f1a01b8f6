import type { BackupKind } from '../../shared/backups/contract.ts';

export interface Keepable {
  readonly name: string;
  readonly kind: BackupKind;
  readonly madeAtMs: number;
  /** The villages in it, and how far the book of each has come. */
  readonly books: readonly { readonly villageId: string; readonly number: number }[];
}

/** What was put into a folder just now; it stays, whatever the clock was set to. */
export type Arrival = Pick<Keepable, 'name' | 'kind' | 'books'>;

/** Of the days, weeks and months that have a backup, so many of the latest keep theirs. */
const DAYS = 7;
const WEEKS = 5;
const MONTHS = 12;
/** Of files from elsewhere: so many that came last. They are kept to be restored now, not for later. */
const UPLOADS = 2;
/** Of those asked for by hand, before a migration and before a restore: so many of the latest each. */
const OF_A_KIND = 3;

/**
 * Which backups have had their time now that another came. The rule (docs/backup.md) counts periods that have a
 * backup, so a server that was off for a month loses none of its old ones for it; the latest of all is always kept.
 * Periods are those of the machine's own calendar. Of other villages than those of the one that came nothing goes:
 * a new village's first backup is no reason to do without the last of the village that was here before.
 */
export function outlived<T extends Keepable>(backups: readonly T[], came: Arrival): T[] {
  if (came.kind === 'upload') return outlivedUploads(backups.filter(isUpload), came.name);
  const villages = new Set(came.books.map(({ villageId }) => villageId));
  const own = backups.filter(
    (one) => !isUpload(one) && one.books.every(({ villageId }) => villages.has(villageId)),
  );
  const latestFirst = own.sort((a, b) => b.madeAtMs - a.madeAtMs || (a.name < b.name ? 1 : -1));
  const kept = new Set<T>(latestFirst.slice(0, 1));
  for (const kind of ['asked', 'migration', 'restore'] as const) {
    for (const one of latestFirst.filter((backup) => backup.kind === kind).slice(0, OF_A_KIND)) kept.add(one);
  }
  const regular = latestFirst.filter(({ kind }) => kind === 'daily' || kind === 'asked');
  for (const [periodOf, count] of [
    [dayOf, DAYS],
    [weekOf, WEEKS],
    [monthOf, MONTHS],
  ] as const) {
    const periods = Map.groupBy(regular, ({ madeAtMs }) => periodOf(new Date(madeAtMs)));
    for (const period of [...periods.values()].slice(0, count)) {
      for (const one of lastAndFurthest(period)) kept.add(one);
    }
  }
  return latestFirst.filter((one) => !kept.has(one) && one.name !== came.name);
}

/** Of a period, latest first: its last, and where a book had come further in another, that one. */
function lastAndFurthest<T extends Keepable>(period: readonly T[]): T[] {
  // One made by hand does not take the place of the day's own.
  const last = period.find(({ kind }) => kind === 'daily') ?? period[0];
  const furthest = new Map<string, { readonly one: T; readonly number: number }>();
  for (const one of period) {
    for (const { villageId, number } of one.books) {
      if (number > (furthest.get(villageId)?.number ?? -1)) furthest.set(villageId, { one, number });
    }
  }
  return [...(last ? [last] : []), ...[...furthest.values()].map(({ one }) => one)];
}

/** Their names say when they came, but for the clock; when they were made says nothing here. */
function outlivedUploads<T extends Keepable>(uploads: T[], justCame: string): T[] {
  const lastFirst = uploads.sort(
    (a, b) => Number(b.name === justCame) - Number(a.name === justCame) || (a.name < b.name ? 1 : -1),
  );
  return lastFirst.slice(UPLOADS);
}

function isUpload({ kind }: Keepable): boolean {
  return kind === 'upload';
}

function monthOf(day: Date): string {
  return `${day.getFullYear()}-${day.getMonth() + 1}`;
}

function dayOf(day: Date): string {
  return `${monthOf(day)}-${day.getDate()}`;
}

/** A week is named by its Monday. */
function weekOf(day: Date): string {
  const monday = new Date(day.getFullYear(), day.getMonth(), day.getDate() - ((day.getDay() + 6) % 7));
  return dayOf(monday);
}

const DAY_MS = 86_400_000;

/** Whether it is time for the daily backup: at its hour, or at the first chance once the last is a day old. */
export function isDue(nowMs: number, lastMadeAtMs: number | null, hour: number): boolean {
  if (lastMadeAtMs === null) return true;
  const ageMs = nowMs - lastMadeAtMs;
  // The machine's clock was put back: rather one too many.
  if (ageMs < 0 || ageMs >= DAY_MS) return true;
  return new Date(nowMs).getHours() === hour && ageMs >= DAY_MS / 2;
}

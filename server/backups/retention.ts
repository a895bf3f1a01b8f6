import { DAY_MS } from '../../shared/business-day.ts';
import type { BackupKind } from '../../shared/backups/contract.ts';

export interface Keepable {
  readonly name: string;
  readonly kind: BackupKind;
  readonly madeAtMs: number;
  /** The villages in it, and how far the book of each has come. */
  readonly books: readonly { readonly villageId: string; readonly number: number }[];
}

/** The backup that was just put into the folder. It stays, whatever the clock says. */
export type Arrival = Pick<Keepable, 'name' | 'kind' | 'books'>;

/** This many of the latest days, weeks and months that have a backup keep theirs. */
const DAYS = 7;
const WEEKS = 5;
const MONTHS = 12;
/** This many of the latest uploads are kept. They are there to be restored now, not for later. */
const UPLOADS = 2;
/** This many of the latest are kept of each kind: asked for by hand, before a migration, before a restore. */
const OF_A_KIND = 3;

/**
 * Which backups are removed now that another came. The rule (docs/backup.md) counts only periods that have a backup,
 * so a server that was off for a month keeps its old ones. The latest of all is always kept. Periods follow the
 * machine's own calendar. Backups with other villages than the new one holds are never removed: a new village's first
 * backup must not cost the last one of the village before it.
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

/**
 * Chooses from one period, latest first: its last backup, and for each village the one whose book had come furthest.
 */
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

/**
 * Uploads are ordered by their names, which hold the time of arrival; the time they were made does not matter. The
 * one that just came is the latest, even if the clock was wrong.
 */
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

/** Whether it is time for the daily backup: at its hour, or at the first chance once the last is a day old. */
export function isDue(nowMs: number, lastMadeAtMs: number | null, hour: number): boolean {
  if (lastMadeAtMs === null) return true;
  const ageMs = nowMs - lastMadeAtMs;
  // A negative age means that the clock was put back. One backup too many is better than none.
  if (ageMs < 0 || ageMs >= DAY_MS) return true;
  return new Date(nowMs).getHours() === hour && ageMs >= DAY_MS / 2;
}

import type { BackupKind } from '../../shared/contract/backups.ts';

export interface Keepable {
  readonly name: string;
  readonly kind: BackupKind;
  readonly madeAtMs: number;
}

/** Of the days, weeks and months that have a backup, so many of the latest keep their last one. */
const DAYS = 7;
const WEEKS = 5;
const MONTHS = 12;
/** Of files from elsewhere: so many that came last. They are kept to be restored now, not for later. */
const UPLOADS = 2;
/** Of those asked for by hand, before a migration and before a restore: so many of the latest each. */
const OF_A_KIND = 3;

/**
 * Which backups have had their time. The rule (docs/backup.md) counts periods that have a backup, so a server that
 * was off for a month loses none of its old ones for it; the latest of all is always kept. Periods are those of the
 * machine's own calendar. Of files from elsewhere `justCame` is the last, whatever the clock was set to.
 */
export function outlived<T extends Keepable>(backups: readonly T[], justCame = ''): T[] {
  const [uploads, own] = [backups.filter(isUpload), backups.filter((one) => !isUpload(one))];
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
    for (const [last] of [...periods.values()].slice(0, count)) if (last) kept.add(last);
  }
  // Their names say when they came, but for the clock; when they were made says nothing here.
  const lastFirst = uploads.sort(
    (a, b) => Number(b.name === justCame) - Number(a.name === justCame) || (a.name < b.name ? 1 : -1),
  );
  return [...latestFirst.filter((one) => !kept.has(one)), ...lastFirst.slice(UPLOADS)];
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

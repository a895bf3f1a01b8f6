import { and, eq, gte, lte } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { devicesById } from './devices.ts';
import type { Safe } from './safe-entry.ts';

/** A device keeps fewer rows than this at a time. */
const ROWS_MOST = 20_000;
/** A row without an entry is dated when its request began; its commit may come after a backup has begun. */
const MARGIN_MS = 10 * 60_000;

/** Finds those of a device's rows that the server lacks, and those that a checked backup holds. */
export async function compareRows(
  reader: Reader,
  villageId: string,
  { device, from, to, safe }: { device: string; from: number; to: number; safe: Safe },
): Promise<{ missing: number[]; safe: number[] }> {
  if (!(await devicesById(reader, villageId, [device])).has(device)) throw new Refusal('outbox.unknown');
  const last = Math.min(to, from + ROWS_MOST - 1);
  const { outboxRows: rows } = reader.t;
  const found = await reader.db
    .select({ number: rows.number, entry: rows.entryNumber, atMs: rows.receivedAtMs, answer: rows.answer })
    .from(rows)
    .where(
      and(
        eq(rows.villageId, villageId),
        eq(rows.deviceId, device),
        gte(rows.number, from),
        lte(rows.number, last),
      ),
    );
  const have = new Set(found.map(({ number }) => number));
  const isSafe = ({ entry, atMs, answer }: (typeof found)[number]) =>
    answer !== 'waiting' && (entry === null ? atMs < safe.atMs - MARGIN_MS : entry <= safe.entry);
  const all = Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => from + index);
  return {
    missing: all.filter((number) => !have.has(number)),
    safe: found.filter(isSafe).map(({ number }) => number),
  };
}

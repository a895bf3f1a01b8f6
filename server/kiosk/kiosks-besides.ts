import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';

/** A kiosk that was not heard of for so long may have handed something out without network. */
const SILENT_MS = 15 * 60_000;

interface At {
  readonly villageId: string;
  readonly nowMs: number;
  /** The village hands out without network, so that a kiosk may know more than the server. */
  readonly mayBeBehind: boolean;
}

interface Beside {
  readonly id: string;
  readonly kiosk: string;
  readonly isBehind: boolean;
}

/**
 * The kiosks in use, which share one shelf, each with whether the server may not have heard of all that it handed out: a
 * device of it had rows to send when it was last heard of, or it was not heard of for a while.
 */
export async function kiosksBesides(
  { db, t }: Reader,
  { villageId, nowMs, mayBeBehind }: At,
): Promise<Beside[]> {
  const { kiosks, outboxDevices: devices } = t;
  const found = await db
    .select({ id: kiosks.id, kiosk: kiosks.name, lastSeenAtMs: kiosks.lastSeenAtMs })
    .from(kiosks)
    .where(and(eq(kiosks.villageId, villageId), isNull(kiosks.revokedAtMs), isNotNull(kiosks.tokenHash)))
    .orderBy(kiosks.createdAtMs, kiosks.id);
  const sending = await db
    .select({
      kioskId: devices.kioskId,
      registeredAtMs: devices.registeredAtMs,
      heardAtMs: devices.heardAtMs,
      emptyAtMs: devices.emptyAtMs,
    })
    .from(devices)
    .where(and(eq(devices.villageId, villageId), isNull(devices.writtenOffAtMs)));
  const full = new Set(
    sending.flatMap(({ kioskId, registeredAtMs, heardAtMs, emptyAtMs }) =>
      (emptyAtMs ?? registeredAtMs) < heardAtMs ? [kioskId] : [],
    ),
  );
  return found.map(({ id, kiosk, lastSeenAtMs }) => {
    const isSilent = nowMs - (lastSeenAtMs ?? 0) >= SILENT_MS;
    return { id, kiosk, isBehind: full.has(id) || (mayBeBehind && isSilent) };
  });
}

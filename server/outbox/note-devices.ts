import type { Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { businessDay, DAY_MS } from '../../shared/business-day.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';
import { bookActs, BY_SERVER } from '../acts/index.ts';
import type { Device } from './devices.ts';
import { hasGapBefore, missingOf, noteHeard } from './heard.ts';
import type { RowAnswer } from './row-call.ts';
import type { TakingIn } from './taking-in.ts';

/** A gap stays until its rows come: the book is told of it once a week, and of other alarms once a day. */
const GAP_AGAIN_MS = 7 * DAY_MS;

interface Came {
  readonly devices: ReadonlyMap<string, Device>;
  readonly rows: readonly OutboxRow[];
  readonly answers: readonly RowAnswer[];
}

/** Several rows are told of at once: when the device was heard, and whether its rows hold together. */
export async function noteDevices(at: TakingIn, { devices, rows, answers }: Came): Promise<void> {
  const { store, village, nowMs, kioskId, isEmptyAfter, sentAtMs } = at;
  await store.transaction(async (tx) => {
    for (const device of devices.values()) {
      const { id, kioskId: own } = device;
      const theirs = answers.filter((answer) => answer.device === id);
      const flawed = new Set(theirs.flatMap(({ key, code }) => (code === 'outbox.signature' ? key : [])));
      // Rows with a wrong signature tell nothing of the device in whose name they come.
      const isHeard = theirs.length > flawed.size;
      const isOwn = own === kioskId;
      const isEmpty = isOwn && isHeard && isEmptyAfter && theirs.every(({ answer }) => answer !== 'waiting');
      const numbers = rows.flatMap(({ device: of, key, number }) =>
        of === id && !flawed.has(key) ? number : [],
      );
      const alarm = await alarmOf({ tx, at, device }, { theirs, isEmpty, numbers });
      await noteHeard(tx, village.id, {
        ...{ id, nowMs, isHeard, isEmpty, isBroken: flawed.size > 0, isAlarming: alarm !== null },
        clockOffsetMs: isOwn && sentAtMs !== null ? nowMs - sentAtMs : null,
      });
      if (alarm !== null) await book(tx, at, alarm);
    }
  }, village.id);
}

/** The act that tells that the rows of a device do not hold together; null: they do, or it was told of not long ago. */
async function alarmOf(
  { tx, at: { village, nowMs }, device }: { tx: Tx; at: TakingIn; device: Device },
  came: { theirs: readonly RowAnswer[]; isEmpty: boolean; numbers: readonly number[] },
): Promise<AnyAct | null> {
  const { id, kioskId, alarmedAtMs } = device;
  const sinceMs = alarmedAtMs === null ? Infinity : nowMs - alarmedAtMs;
  if (sinceMs < DAY_MS) return null;
  const isBroken = came.theirs.some(({ code }) => code === 'outbox.signature');
  const isStray = came.theirs.some(({ marks }) => marks.includes('outbox.chain'));
  // A device that has nothing left to send should have sent the row before, too.
  const mayGap = came.isEmpty && sinceMs >= GAP_AGAIN_MS;
  const place = { deviceId: id, numbers: new Set(came.numbers) };
  const missing =
    mayGap && (await hasGapBefore(tx, village.id, place)) ? await missingOf(tx, village.id, id) : 0;
  if (!isBroken && !isStray && missing === 0) return null;
  const is = {
    ...(isBroken ? { broken: true } : {}),
    ...(isStray ? { chain: true } : {}),
    ...(missing > 0 ? { missing } : {}),
  };
  return { act: 'outbox.alarmed', on: `kiosk:${kioskId}`, is: { key: id, ...is } };
}

async function book(tx: Tx, { ledger, village, nowMs, newId }: TakingIn, alarm: AnyAct): Promise<void> {
  const today = businessDay(nowMs, village.settings.timeZone);
  await bookActs(ledger, tx, { villageId: village.id, today, newId, ...BY_SERVER }, [alarm]);
}

import { sql } from 'drizzle-orm';
import type { Kit } from '#engine';
import type { ErrorCode } from '../../shared/errors.ts';
import type { DoneMark } from '../../shared/outbox/row.ts';
import type { OutboxAnswer } from '../../shared/outbox/answers.ts';

/** Rows that devices made before the server heard of them. Written by server/outbox. */
export function outboxTables(k: Kit) {
  /** Keys by which devices sign. A device that was paired anew has another one, and its older rows still count. */
  const outboxDevices = k.table(
    'outbox_devices',
    {
      villageId: k.text().plain().notNull(),
      /** The thumbprint of the public key; for a device that cannot sign, drawn at random. */
      id: k.text().plain().notNull(),
      kioskId: k.text().plain().notNull(),
      /** Both null: the device cannot sign. */
      keyX: k.text().plain(),
      keyY: k.text().plain(),
      registeredAtMs: k.int().plain().notNull(),
      heardAtMs: k.int().plain().notNull(),
      /** When it last had no row that waited for an answer. Null: never heard of. */
      emptyAtMs: k.int().plain(),
      /** When a row with a wrong signature last came in its name. */
      brokenAtMs: k.int().plain(),
      /** Since when what was done by its word is booked. Null: somebody at the desk has to confirm the key first. */
      confirmedAtMs: k.int().plain(),
      /** Null where the key came with the pairing itself. */
      confirmedBy: k.text().reference(),
      /** The server's clock minus the device's, when it last said what its clock showed. */
      clockOffsetMs: k.int().plain(),
      /** When an act last told that its rows do not hold together. */
      alarmedAtMs: k.int().plain(),
      writtenOffAtMs: k.int().plain(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('outbox_devices_by_kiosk').on(t.villageId, t.kioskId, t.registeredAtMs),
    ],
  );

  const outboxRows = k.table(
    'outbox_rows',
    {
      villageId: k.text().plain().notNull(),
      /** Made when the row came: lists are in this order. */
      id: k.text().plain().notNull(),
      deviceId: k.text().plain().notNull(),
      key: k.text().plain().notNull(),
      number: k.int().plain().notNull(),
      kind: k.text().plain().notNull(),
      /** Null once the household is erased. */
      body: k.text().personal('household', 'erased'),
      householdId: k.text().reference(),
      shiftId: k.text().plain().notNull(),
      /** By the device's clock, as signed. */
      atMs: k.int().personal('volunteer', 'kept').notNull(),
      offsetMs: k.int().plain(),
      /** When it was done, by the server's clock as far as the device knew it. */
      madeAtMs: k.int().personal('volunteer', 'kept').notNull(),
      copyNumber: k.int().plain(),
      before: k.text().plain().notNull(),
      hash: k.text().plain().notNull(),
      signature: k.text().plain().notNull(),
      /** `asked`: it was not handed out. `here`: without an answer of the server. `server`: on its answer, before a restored backup. `given_up`: it was not. */
      doneHow: k.text().plain().$type<'asked' | DoneMark['how']>().notNull(),
      doneAtMs: k.int().personal('volunteer', 'kept'),
      doneEntry: k.int().plain(),
      doneSignature: k.text().plain(),
      carriedBy: k.text().plain().$type<'kiosk' | 'desk'>().notNull(),
      receivedAtMs: k.int().plain().notNull(),
      answer: k.text().plain().$type<OutboxAnswer>().notNull(),
      code: k.text().plain().$type<ErrorCode>(),
      params: k.json<Record<string, string | number>>().plain().notNull(),
      marks: k.json<string[]>().plain().notNull(),
      /** Somebody has to look at it: something would have stood against it, or it was not booked. */
      isMarked: k.bool().plain().notNull(),
      /** Nothing stood against it but that the device alone says so: it is settled together with the others of its shift. */
      isSelfTold: k.bool().plain().notNull().default(false),
      /** The hundredths of a point that the device handed out by it. Null: none. */
      amount: k.int().personal('household', 'kept'),
      entryNumber: k.int().plain(),
      /** The id of what it made. */
      thingId: k.text().plain(),
      settledAtMs: k.int().personal('staff', 'kept'),
      settledBy: k.text().reference(),
      remark: k.text().personal('household', 'erased'),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.deviceId, t.key] }),
      k.index('outbox_rows_by_number').on(t.villageId, t.deviceId, t.number),
      k.unique('outbox_rows_id').on(t.villageId, t.id),
      k
        .index('outbox_rows_open')
        .on(t.villageId, t.id)
        .where(sql`${t.isMarked} and ${t.settledAtMs} is null`),
      k
        .index('outbox_rows_declined')
        .on(t.villageId, t.deviceId, t.receivedAtMs)
        .where(sql`${t.answer} = 'declined'`),
      // The sum of what a device handed out since it was heard of.
      k
        .index('outbox_rows_here')
        .on(t.villageId, t.deviceId, t.receivedAtMs)
        .where(sql`${t.doneHow} = 'here'`),
    ],
  );

  return { outboxDevices, outboxRows };
}

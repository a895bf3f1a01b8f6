import type { endpoints } from '../../shared/outbox/endpoints.ts';
import type { CommandObserver } from '../commands/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { errorSentence } from '../../shared/words.ts';
import type { HandlersOf, OpenContext, WriteContext } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { compareRows } from './compare-rows.ts';
import { confirmKey } from './confirm-key.ts';
import { registerDevice } from './devices.ts';
import { lastNumber } from './heard.ts';
import { lateRows, lateShifts } from './late-rows.ts';
import { listDevices } from './list-devices.ts';
import type { RowAnswer } from './row-call.ts';
import type { RowKind } from './row-kind.ts';
import type { SafeEntry } from './safe-entry.ts';
import { settleRow, settleShift, type Settling } from './settle-row.ts';
import { takeIn } from './take-in.ts';
import { writeOffDevice } from './write-off.ts';

export interface OutboxServices {
  readonly ledger: Ledger;
  /** All kinds of rows; asked for when rows come. */
  readonly rowKinds: () => readonly RowKind[];
  readonly safeEntry: SafeEntry;
  readonly commandObserver: Pick<CommandObserver, 'onWritten' | 'ran'> | undefined;
}

export function outboxHandlers({
  ledger,
  rowKinds,
  safeEntry,
  commandObserver: observer,
}: OutboxServices): HandlersOf<typeof endpoints> {
  const carriedIn = ({ store, village, nowMs, newId }: OpenContext) => {
    const kinds = new Map(rowKinds().map((kind) => [kind.kind, kind]));
    return { store, village, nowMs, newId, ledger, kinds, observer };
  };
  return {
    'outbox.register': async ({ body: { publicKey } }, context) => {
      const { store, village, nowMs, newId, bookActs } = context;
      const kioskId = kioskOf(context);
      return store.transaction(async (tx) => {
        await tx.lockBook(village.id);
        const at = { tx, villageId: village.id, kioskId, nowMs, newId: () => newId() };
        const { id: device, isNew, isConfirmed } = await registerDevice(at, publicKey);
        const is = { key: device, ...(isConfirmed && publicKey !== null ? { confirmed: true } : {}) };
        if (isNew) await bookActs(tx, { act: 'outbox.registered', on: `kiosk:${kioskId}`, is });
        return { device, lastNumber: await lastNumber(tx, village.id, device), isConfirmed };
      }, village.id);
    },

    'outbox.send': async ({ body: { rows, isEmptyAfter, sentAtMs = null } }, context) => {
      const kioskId = kioskOf(context);
      const answers = await takeIn({ ...carriedIn(context), kioskId, isEmptyAfter, sentAtMs }, rows);
      return { answers: answers.map(shown), nowMs: context.nowMs };
    },

    'outbox.takeIn': async ({ body: { rows } }, context) => {
      const byDesk = { kioskId: null, isEmptyAfter: false, sentAtMs: null };
      const answers = await takeIn({ ...carriedIn(context), ...byDesk }, rows);
      return { answers: answers.map(shown), nowMs: context.nowMs };
    },

    'outbox.compare': async ({ body }, { store, village, nowMs }) => {
      const safe = await safeEntry(village.id);
      const compared = await store.read((reader) => compareRows(reader, village.id, { ...body, safe }));
      return { ...compared, nowMs };
    },

    'outbox.devices': async (_, { reader, village }) => ({ items: await listDevices(reader, village.id) }),

    'outbox.late': ({ query }, { reader, village }) => lateRows(reader, village.id, query),

    'outbox.lateShifts': (_, { reader, village }) => lateShifts(reader, village.id),

    'outbox.settle': async ({ params: { id }, body: { remark } }, context) => {
      await context.tx.lockBook(context.village.id);
      context.act(await settleRow(settling(context), { id, remark }));
      return { ok: true };
    },

    'outbox.settleShift': async ({ params: { id: shiftId }, body: { rowIds } }, context) => {
      await context.tx.lockBook(context.village.id);
      context.act(await settleShift(settling(context), { shiftId, rowIds }));
      return { ok: true };
    },

    'outbox.confirmKey': async ({ params: { id } }, { tx, village, actor, nowMs, act }) => {
      await tx.lockBook(village.id);
      act(await confirmKey(tx, village.id, { id, staffId: actor.id, nowMs }));
      return { ok: true };
    },

    'outbox.writeOff': async ({ params: { id }, body: { reason } }, { tx, village, nowMs, act }) => {
      await tx.lockBook(village.id);
      act(await writeOffDevice(tx, village.id, { id, reason, nowMs }));
      return { ok: true };
    },
  };
}

function settling({ tx, village, actor, nowMs, agreed }: WriteContext): Settling {
  return { tx, village, villageId: village.id, staff: actor, nowMs, agreed };
}

function kioskOf({ actor: { kioskId } }: Pick<OpenContext, 'actor'>): string {
  if (kioskId === undefined) throw new Refusal('auth.required');
  return kioskId;
}

function shown({ marks, code, params, receipt, ...answer }: RowAnswer) {
  const said = code && { zh: errorSentence(code, params, 'zh'), en: errorSentence(code, params, 'en') };
  return {
    ...answer,
    code,
    said,
    marks: [...marks],
    params: { ...params },
    receipt: receipt === null ? null : { ...receipt },
  };
}

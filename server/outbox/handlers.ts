import type { endpoints } from '../../shared/outbox/endpoints.ts';
import type { CommandObserver } from '../commands/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { errorSentence } from '../../shared/words.ts';
import type { HandlersOf, OpenContext } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { compareRows } from './compare-rows.ts';
import { lastNumber, registerDevice } from './devices.ts';
import { lateRows } from './late-rows.ts';
import { listDevices } from './list-devices.ts';
import type { RowAnswer } from './row-call.ts';
import type { RowKind } from './row-kind.ts';
import type { SafeEntry } from './safe-entry.ts';
import { settleRow } from './settle-row.ts';
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
        const { id: device, isNew } = await registerDevice(at, publicKey);
        if (isNew)
          await bookActs(tx, { act: 'outbox.registered', on: `kiosk:${kioskId}`, is: { key: device } });
        return { device, lastNumber: await lastNumber(tx, village.id, device) };
      }, village.id);
    },

    'outbox.send': async ({ body: { rows, isEmptyAfter } }, context) => {
      const kioskId = kioskOf(context);
      const answers = await takeIn({ ...carriedIn(context), kioskId, isEmptyAfter }, rows);
      return { answers: answers.map(shown), nowMs: context.nowMs };
    },

    'outbox.takeIn': async ({ body: { rows } }, context) => {
      const answers = await takeIn({ ...carriedIn(context), kioskId: null, isEmptyAfter: false }, rows);
      return { answers: answers.map(shown), nowMs: context.nowMs };
    },

    'outbox.compare': async ({ body }, { store, village, nowMs }) => {
      const safe = await safeEntry(village.id);
      const compared = await store.read((reader) => compareRows(reader, village.id, { ...body, safe }));
      return { ...compared, nowMs };
    },

    'outbox.devices': async (_, { reader, village }) => ({ items: await listDevices(reader, village.id) }),

    'outbox.late': ({ query }, { reader, village }) => lateRows(reader, village.id, query),

    'outbox.settle': async ({ params: { id }, body: { remark } }, { tx, village, actor, nowMs, act }) => {
      await tx.lockBook(village.id);
      act(await settleRow(tx, village.id, { id, remark, staffId: actor.id, nowMs }));
      return { ok: true };
    },

    'outbox.writeOff': async ({ params: { id }, body: { reason } }, { tx, village, nowMs, act }) => {
      await tx.lockBook(village.id);
      act(await writeOffDevice(tx, village.id, { id, reason, nowMs }));
      return { ok: true };
    },
  };
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

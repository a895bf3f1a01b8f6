import type { endpoints } from '../../shared/kiosk/endpoints.ts';
import { Refusal } from '../../shared/errors.ts';
import type { EndpointsOf, Handlers, VillageContext } from '../http/index.ts';
import { countDifferences } from './count-differences.ts';
import { daySheet } from './day-sheet.ts';
import { keepCount, requireCountable } from './keep-count.ts';
import { endShifts } from './kiosks.ts';
import { shiftCountsFor, takeOver } from './left-counts.ts';
import { actsOfEnd, unendedShifts } from './shift-acts.ts';

type OfShifts = 'kiosk.signOut' | 'kiosk.shiftCounts' | 'kiosk.takeOver';

/** The end of a shift and its hand-over to the next. */
export const shiftHandlers: Handlers<Extract<keyof typeof endpoints, OfShifts>> = {
  'kiosk.signOut': async ({ body: { counts: items = [] } }, context) => {
    const { store, nowMs, village, actor, bookActs } = context;
    const villageId = village.id;
    const { kioskId, shiftId } = onDuty(actor);
    await store.transaction(async (tx) => {
      await tx.lockBook(villageId);
      await requireCountable(tx, villageId, items);
      const count = { kioskId, shiftId, phase: 'end', answersId: null, takenAtMs: nowMs } as const;
      const at = { villageId, nowMs, newId: () => context.newId() };
      const kept = items.length > 0 && (await keepCount(tx, at, { ...count, withoutNetwork: false, items }));
      await bookActs(
        tx,
        ...(kept ? [kept] : []),
        ...actsOfEnd(await unendedShifts(tx, villageId, { kioskId })),
      );
      await endShifts({ tx, villageId, nowMs }, { kioskId });
    }, villageId);
    return { ok: true };
  },
  'kiosk.shiftCounts': (_, { reader, village, actor, nowMs, today }) => {
    const { kioskId, shiftId } = actor;
    if (kioskId === undefined) throw new Refusal('auth.required');
    const at = { villageId: village.id, kioskId, shiftId, nowMs, today };
    return shiftCountsFor(reader, { ...at, mayBeBehind: mayBeBehind(village) });
  },
  'kiosk.takeOver': async ({ body: { countId, counts } }, context) => {
    const { tx, act, village, actor, nowMs } = context;
    const at = { villageId: village.id, ...onDuty(actor), nowMs, newId: () => context.newId() };
    act(await takeOver(tx, at, { countId, ...(counts === undefined ? {} : { counts }) }));
    return { ok: true };
  },
};

/** The shifts as the desk reads them. */
export const daySheetHandlers: Handlers<EndpointsOf<'shifts'>> = {
  'shifts.daySheet': ({ query: { day } }, { reader, village, nowMs }) => {
    const { timeZone } = village.settings;
    const at = { villageId: village.id, timeZone, nowMs, mayBeBehind: mayBeBehind(village) };
    return daySheet(reader, at, day);
  },
  'shifts.differences': (_, { reader, village, nowMs, today }) =>
    countDifferences(reader, { villageId: village.id, nowMs, today, mayBeBehind: mayBeBehind(village) }),
};

/** Without an amount for hand-overs without network no kiosk knows more than the server. */
function mayBeBehind({ settings }: Pick<VillageContext, 'settings'>): boolean {
  return settings.withoutNetworkHundredths !== null;
}

function onDuty({ kioskId, shiftId }: { readonly kioskId?: string; readonly shiftId?: string }) {
  if (kioskId === undefined || shiftId === undefined) throw new Refusal('kiosk.shift_over');
  return { kioskId, shiftId };
}

import type { z } from 'zod';
import type { Operations } from '../../shared/contract.ts';
import type { endpoints } from '../../shared/kiosk/endpoints.ts';
import { Refusal } from '../../shared/errors.ts';
import { answeredBy, onlyIf } from '../commands/index.ts';
import type {
  CommandContext,
  EndpointsOf,
  Handlers,
  HandlersOf,
  OpenContext,
  RandomBytes,
  WriteContext,
} from '../http/index.ts';
import type { TokenKeys } from '../identity/index.ts';
import { createHttpsView, type HttpsRoom, openingAddresses } from '../https/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { checkCounterPin } from './counter-pin.ts';
import { type Popularity, shopShelf } from '../goods/index.ts';
import { kioskState, pair, signIn, unlock } from './kiosk.ts';
import { allowNew } from './allow-new.ts';
import { countAccess } from './lookup-limit.ts';
import { findMasked, lookUpCard, lookUpNumber } from './lookup.ts';
import { isPinProven, type PinStanding } from './pin-proof.ts';
import { pinShare } from './pin-share.ts';
import { readPresence, signPresence } from './presence.ts';
import { createKiosk, listKiosks, renameKiosk, renewCode, revokeKiosk } from './kiosks.ts';
import { recentReceipts, slipByNumber } from './receipts.ts';
import { recalledReceipt } from './recalled-receipt.ts';
import { redeem } from './redeem.ts';
import type { KioskAt } from './redemption-reads.ts';
import { lastDayOf, returnAtDesk } from './return-at-desk.ts';
import { returnGoods } from './return-goods.ts';
import { actsOfEnd, unendedShifts } from './shift-acts.ts';
import { findShift } from './shifts.ts';
import { daySheetHandlers, shiftHandlers } from './shifts-handlers.ts';
import { signShown } from './shown-statement.ts';
import { statement } from './statement.ts';
import { undoRedemption } from './undo.ts';
import { vouch } from './vouch.ts';
import { readVouchProof } from './vouch-proof.ts';
import { volunteersHandlers } from './volunteers-handlers.ts';

export interface KioskServices {
  readonly ledger: Ledger;
  readonly random: RandomBytes;
  readonly popularity: Popularity;
  /** Sign the proofs of PINs given at the counter. */
  readonly pinProofKeys: TokenKeys;
  /** Sign the records of how a household was recognised at the counter. */
  readonly presenceKeys: TokenKeys;
  /** The address set at the server; empty if none was. */
  readonly publicUrl: string;
  readonly https: HttpsRoom;
}

export function kioskHandlers(services: KioskServices): HandlersOf<typeof endpoints> {
  return {
    ...kiosksHandlers(services),
    ...volunteersHandlers(services.random),
    ...counterHandlers(services),
    ...redemptionsHandlers(services),
    ...daySheetHandlers,
  };
}

function kiosksHandlers({ random }: KioskServices): Handlers<EndpointsOf<'kiosks'>> {
  const deskOf = ({ tx, village, nowMs }: WriteContext) => ({ tx, villageId: village.id, nowMs, random });
  return {
    'kiosks.list': async (_, { reader, village }) => ({ items: await listKiosks(reader, village.id) }),
    'kiosks.pinShare': ({ query: { above } }, { reader, village, today }) =>
      pinShare(reader, village.id, { above, today }),
    'kiosks.create': async ({ body: { name } }, context) => {
      const id = context.newId();
      const pairing = await createKiosk(deskOf(context), { id, name });
      context.act({ act: 'kiosks.created', on: `kiosk:${id}`, is: { name } });
      return pairing;
    },
    'kiosks.update': async ({ params: { id }, body: { name } }, context) => {
      const { was, now } = await renameKiosk(deskOf(context), { id, name });
      context.act({ act: 'kiosks.changed', on: `kiosk:${id}`, was: { name: was }, is: { name } });
      return now;
    },
    'kiosks.newCode': async ({ params: { id } }, context) => {
      context.act(...actsOfEnd(await unendedShifts(context.tx, context.village.id, { kioskId: id })));
      const pairing = await renewCode(deskOf(context), id);
      context.act({ act: 'kiosks.code_renewed', on: `kiosk:${id}` });
      return pairing;
    },
    'kiosks.revoke': async ({ params: { id } }, context) => {
      context.act(...actsOfEnd(await unendedShifts(context.tx, context.village.id, { kioskId: id })));
      await revokeKiosk(deskOf(context), id);
      context.act({ act: 'kiosks.revoked', on: `kiosk:${id}` });
      return { ok: true };
    },
    'kiosks.allowNew': async ({ params: { id } }, context) => {
      await allowNew(context, id);
      return { ok: true };
    },
  };
}

function counterHandlers(services: KioskServices): Handlers<EndpointsOf<'kiosk'>> {
  const { ledger, random, popularity, pinProofKeys: keys, presenceKeys, publicUrl } = services;
  const https = createHttpsView(services.https.files);
  return {
    'kiosk.pair': ({ body }, { store, nowMs, address, newId }) =>
      pair({ store, nowMs, random, ledger, newId }, { code: body.code, address }),
    'kiosk.state': async (_, { reader, village, actor, nowMs, today }) => ({
      ...(await kioskState(reader, {
        village,
        kioskId: kioskOf(actor),
        shiftId: actor.shiftId,
        nowMs,
        today,
      })),
      opensAt: openingAddresses(village.settings, publicUrl, { view: https(), port: services.https.port() }),
      nowMs,
    }),
    'kiosk.signIn': ({ body }, context) => {
      const { store, nowMs, today, village, actor } = context;
      const kioskId = kioskOf(actor);
      const newId = () => context.newId();
      const at = { store, nowMs, today, random, ledger, newId, openedAtMs: village.openedAtMs };
      return signIn(at, { ...body, villageId: village.id, kioskId, shiftId: newId() });
    },
    'kiosk.unlock': async ({ body: { pin } }, { store, nowMs, village, actor }) => {
      const villageId = village.id;
      await unlock({ store, nowMs }, { villageId, kioskId: kioskOf(actor), volunteerId: actor.id, pin });
      return { ok: true };
    },
    ...shiftHandlers,
    'kiosk.goods': async (_, { reader, village, today }) => {
      const ranks = await popularity.ranks(reader, village.id, today);
      return { items: await shopShelf(reader, village.id, ranks, today) };
    },
    ...recognitionHandlers(services),
    'kiosk.statement': async ({ body }, context) => {
      const { store, village, actor, nowMs, today } = context;
      // If nobody is on duty, the household's own PIN limits the access by its number.
      if ('number' in body && actor.shiftId !== undefined) await countAccess(accessOf(context));
      const isPresent = (householdId: string, presence: string) =>
        readPresence(presenceKeys, presence, { ...placeOf(context), householdId }, nowMs) !== null;
      const at = { store, village, nowMs, today, isPresent };
      const kioskId = kioskOf(actor);
      const shown = await statement({ ...at, kioskId, shiftId: actor.shiftId }, body);
      const place = { villageId: village.id, kioskId };
      return { ...shown, printToken: signShown(presenceKeys, place, shown.household.id, nowMs) };
    },
    'kiosk.redeem': {
      command({ body }, context) {
        const call = redeemCall(body, kioskAt(context, ledger), { keys, presenceKeys });
        return onlyIf(() => refuseUnopened(context.village), call);
      },
      recalled: recalledReceipt,
    },
    'kiosk.undo': {
      command: ({ params }, context) =>
        answeredBy(
          undoRedemption.with({ id: params.id }, kioskAt(context, ledger)),
          ({ receipt }) => receipt,
        ),
    },
    'kiosk.slip': async ({ body: { number } }, context) => {
      const { store, village, actor, nowMs, today } = context;
      await countAccess(accessOf(context));
      return store.read(async (reader) => {
        await findShift(reader, village, actor.shiftId ?? '', nowMs);
        const { receipt, effectiveOn } = await slipByNumber(reader, village.id, number);
        if (effectiveOn !== today) throw new Refusal('redemption.return_late');
        return receipt;
      });
    },
    'kiosk.return': {
      command({ params: { id }, body: { lines, presence } }, context) {
        const at = kioskAt(context, ledger);
        const { villageId, kioskId, shiftId, nowMs } = at;
        const recognisedAs = (householdId: string) =>
          readPresence(presenceKeys, presence, { villageId, kioskId, shiftId, householdId }, nowMs);
        return returnGoods.with({ id, lines, recognisedAs }, at);
      },
    },
    'kiosk.recent': async (_, { reader, village, actor, nowMs }) => ({
      items: await recentReceipts(reader, village.id, kioskOf(actor), nowMs),
    }),
  };
}

/** Redemptions as the desk looks them up and takes goods of them back. */
function redemptionsHandlers({ ledger }: KioskServices): Handlers<EndpointsOf<'redemptions'>> {
  return {
    'redemptions.find': async ({ query: { number } }, { reader, village }) => {
      const { receipt, effectiveOn } = await slipByNumber(reader, village.id, number);
      return { ...receipt, effectiveOn, returnableUntil: lastDayOf(effectiveOn) };
    },
    'redemptions.return': {
      command: ({ params: { id }, body: { lines } }, context) =>
        returnAtDesk.with({ id, lines }, { ...context, ledger }),
    },
  };
}

type Recognising = 'kiosk.lookup' | 'kiosk.find' | 'kiosk.checkPin' | 'kiosk.vouch';

/** The ways in which a household is recognised at the counter. */
function recognitionHandlers({ pinProofKeys: keys, presenceKeys }: KioskServices): Handlers<Recognising> {
  return {
    'kiosk.lookup': async ({ body }, context) => {
      const { store, village, actor, nowMs, today } = context;
      if (!('card' in body)) await countAccess(accessOf(context));
      return store.read(async (reader) => {
        await findShift(reader, village, actor.shiftId ?? '', nowMs);
        const at = { village, today, nowMs };
        const { household, recognised } =
          'card' in body
            ? await lookUpCard(reader, at, body.card)
            : await lookUpNumber(reader, at, body.number);
        const presence = signPresence(
          presenceKeys,
          { ...placeOf(context), householdId: household.id },
          recognised,
          nowMs,
        );
        return { ...household, pinAbove: village.settings.pinAboveHundredths, presence };
      });
    },
    'kiosk.find': async ({ body }, context) => {
      const { store, village, actor, nowMs } = context;
      await countAccess(accessOf(context));
      return store.read(async (reader) => {
        await findShift(reader, village, actor.shiftId ?? '', nowMs);
        return findMasked(reader, village.id, body.name);
      });
    },
    'kiosk.checkPin': async ({ body: { presence, ...asked } }, context) => {
      const { store, village, nowMs, today } = context;
      const place = { ...placeOf(context), householdId: asked.householdId };
      const isPresent = presence !== undefined && readPresence(presenceKeys, presence, place, nowMs) !== null;
      if (!isPresent) await countAccess(accessOf(context));
      return checkCounterPin({ store, village, keys, nowMs, today }, { ...place, pin: asked.pin });
    },
    'kiosk.vouch': async ({ body: { householdId, presence, ...typed } }, context) => {
      const { store, village, nowMs, today } = context;
      const place = { ...placeOf(context), householdId };
      const recognised = readPresence(presenceKeys, presence, place, nowMs);
      if (recognised === null) throw new Refusal('redemption.absent');
      if (recognised.how !== 'card') await countAccess(accessOf(context));
      return vouch({ store, village, keys, nowMs, today }, place, typed);
    },
  };
}

/** The command that hands a basket out, with what its proofs prove. */
function redeemCall(
  { pinProof, presence, vouchProofs: given = [], ...basket }: z.infer<Operations['kiosk.redeem']['body']>,
  at: KioskAt,
  { keys, presenceKeys }: { readonly keys: TokenKeys; readonly presenceKeys: TokenKeys },
) {
  const { villageId, kioskId, shiftId, nowMs } = at;
  const place = { villageId, kioskId, shiftId, householdId: basket.householdId };
  const isProven = (standing: PinStanding) =>
    pinProof !== undefined && isPinProven(keys, pinProof, { ...place, ...standing }, nowMs);
  const recognised = presence === undefined ? null : readPresence(presenceKeys, presence, place, nowMs);
  const vouchProofs = given.flatMap((token) => readVouchProof(keys, token, place, nowMs) ?? []);
  const proofs = { recognised, isPinProven: pinProof === undefined ? null : isProven, vouchProofs };
  return redeem.with({ ...basket, ...proofs }, at);
}

function accessOf({ store, village, actor, nowMs, bookActs }: OpenContext) {
  return { store, villageId: village.id, volunteerId: actor.id, nowMs, bookActs };
}

function placeOf({ village, actor }: Pick<OpenContext, 'village' | 'actor'>) {
  return { villageId: village.id, kioskId: kioskOf(actor), shiftId: actor.shiftId ?? '' };
}

function kioskAt(context: CommandContext, ledger: Ledger): KioskAt {
  const { shiftId } = context.actor;
  if (shiftId === undefined) throw new Refusal('kiosk.shift_over');
  const { openedAtMs, settings } = context.village;
  const { pinAboveHundredths: pinAbove, vouchedHundredthsAMonth: vouchedMost } = settings;
  return {
    ...{ ...context, ledger, kioskId: kioskOf(context.actor), shiftId },
    ...{ pinAbove, vouchedMost, openedAtMs },
  };
}

function refuseUnopened({ openedAtMs }: CommandContext['village']): void {
  if (openedAtMs === null) throw new Refusal('village.not_open');
}

function kioskOf(actor: { kioskId?: string }): string {
  if (actor.kioskId === undefined) throw new Refusal('auth.required');
  return actor.kioskId;
}

import type { Reader } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { GoodsItem } from '../../shared/goods/contract.ts';
import { UNDO_WITHIN_MS } from '../../shared/kiosk/undo-limit.ts';
import type { endpoints } from '../../shared/printers/endpoints.ts';
import type { Language } from '../../shared/sentence.ts';
import { type Popularity, shopShelf } from '../goods/index.ts';
import type { Handlers, HandlersOf, OpenContext, VillageContext } from '../http/index.ts';
import type { TokenKeys } from '../identity/index.ts';
import { readShown, receiptById, returnById, statementOf } from '../kiosk/index.ts';
import type { PrintJob } from './print-jobs.ts';
import { type PrinterNetwork, printOnce, printPage, type UnderWay } from './print.ts';
import { receiptSlip, type SlipPlace } from './receipt-slip.ts';
import { returnSlip } from './return-slip.ts';
import { clearPrinter, setPrinter } from './set-printer.ts';
import { statementSlip } from './statement-slip.ts';
import { testSlip } from './test-slip.ts';

export interface PrintersServices {
  readonly popularity: Popularity;
  readonly printerNetwork: PrinterNetwork;
  /** Sign what was shown at a kiosk. */
  readonly presenceKeys: TokenKeys;
}

export function printersHandlers(services: PrintersServices): HandlersOf<typeof endpoints> {
  const { printerNetwork: network } = services;
  return {
    'printers.get': (_, { village }) => Promise.resolve({ printer: village.settings.printer }),
    'printers.set': async ({ body }, context) => ({ printer: await setPrinter(context, network, body) }),
    'printers.clear': async (_, context) => {
      await clearPrinter(context);
      return { printer: null };
    },
    'printers.test': async ({ body: { language } }, { village, nowMs }) => {
      const { printer } = village.settings;
      if (printer === null) throw new Refusal('printer.none');
      await printPage({ network, printer }, testSlip(printer, placeOf(village, language), nowMs));
      return { ok: true };
    },
    ...slipHandlers(services),
  };
}

/** A hand-over never waits for its slip: the kiosk asks for it afterwards, by a call of its own. */
function slipHandlers({
  popularity,
  printerNetwork: network,
  presenceKeys,
}: PrintersServices): Handlers<'printers.receipt' | 'printers.return' | 'printers.statement'> {
  const underWay: UnderWay = new Map();
  const shelfOf = async (reader: Reader, { village, today }: OpenContext): Promise<GoodsItem[]> =>
    shopShelf(reader, village.id, await popularity.ranks(reader, village.id, today), today);
  const at = ({ store, village: { settings } }: OpenContext) => {
    return { store, network, printer: settings.printer, underWay };
  };
  return {
    'printers.receipt': async ({ body: { key, redemptionId, isReprint, language } }, context) => {
      const job = jobOf(context, key, redemptionId);
      const place = placeOf(context.village, language);
      const { receipt, shelf } = await context.store.read(async (reader) => ({
        receipt: await receiptById(reader, job, redemptionId),
        shelf: await shelfOf(reader, context),
      }));
      if (!receipt) throw new Refusal('redemption.not_found');
      const asked = isReprint || context.nowMs - receipt.bookedAtMs > UNDO_WITHIN_MS;
      const wasPrinted = await printOnce(at(context), job, (isAgain) => {
        const again = asked || isAgain;
        // A balance of before would be taken for that of now.
        return receiptSlip(again ? { ...receipt, balanceAfter: null } : receipt, again, { place, shelf });
      });
      return { isReprint: asked || wasPrinted };
    },
    'printers.return': async ({ body: { key, returnId, isReprint, language } }, context) => {
      const job = jobOf(context, key, null);
      const place = placeOf(context.village, language);
      const { receipt, shelf } = await context.store.read(async (reader) => ({
        receipt: await returnById(reader, job, returnId),
        shelf: await shelfOf(reader, context),
      }));
      if (!receipt) throw new Refusal('redemption.not_found');
      await printOnce(at(context), job, () => returnSlip(receipt, isReprint, { place, shelf }));
      return { ok: true };
    },
    'printers.statement': async ({ body: { key, statement: token, language } }, context) => {
      const { store, village, nowMs } = context;
      const job = jobOf(context, key, null);
      const householdId = readShown(presenceKeys, job, token, nowMs);
      if (householdId === null) throw new Refusal('printer.statement_over');
      const slip = await store.read(async (reader) =>
        statementSlip(await statementOf(reader, { village, nowMs }, householdId), {
          place: placeOf(village, language),
          shelf: await shelfOf(reader, context),
        }),
      );
      await printOnce(at(context), job, () => slip);
      return { ok: true };
    },
  };
}

function jobOf({ village, actor, nowMs }: OpenContext, key: string, redemptionId: string | null): PrintJob {
  const { kioskId } = actor;
  if (kioskId === undefined) throw new Refusal('auth.required');
  return { villageId: village.id, kioskId, key, redemptionId, nowMs };
}

function placeOf({ name, settings }: VillageContext, language: Language): SlipPlace {
  return { village: name, settings, language };
}

import { Refusal } from '../../shared/errors.ts';
import { printerHostOf } from '../../shared/printers/printer-place.ts';
import type { VillagePrinter } from '../../shared/village/settings.ts';
import type { WriteContext } from '../http/index.ts';
import { needSecond } from '../need-second.ts';
import { updateVillage } from '../village/index.ts';
import type { PrinterNetwork } from './print.ts';

/**
 * Sets the printer of the shop. One person alone could have every slip sent to a machine of their own. Refuses with
 * printer.unusable_address.
 */
export async function setPrinter(
  context: WriteContext,
  network: PrinterNetwork,
  given: VillagePrinter,
): Promise<VillagePrinter> {
  const { tx, village, act } = context;
  const host = printerHostOf(given.host);
  const printer = { ...given, host: host ?? '' };
  if (host === null || !network.mayBeAt(printer)) throw new Refusal('printer.unusable_address');
  const on = `village:${village.id}` as const;
  const change = { on, was: { ...village.settings.printer }, is: { ...printer } };
  needSecond(context, change);
  await updateVillage(tx, village.id, { settings: { printer } });
  act({ act: 'printers.set', ...change });
  return printer;
}

/** Uses no printer on the network any more. It gives nobody anything, so one person does it alone. */
export async function clearPrinter({ tx, village, act }: WriteContext): Promise<void> {
  const { printer } = village.settings;
  if (printer === null) return;
  await updateVillage(tx, village.id, { settings: { printer: null } });
  act({ act: 'printers.cleared', on: `village:${village.id}`, was: { ...printer } });
}

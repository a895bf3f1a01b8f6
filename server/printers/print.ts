import type { Store } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { isPrinterPort, isPrivateHost } from '../../shared/printers/printer-place.ts';
import type { VillagePrinter } from '../../shared/village/settings.ts';
import { encodeSlip } from './escpos.ts';
import { claimJob, noteOutcome, type PrintJob } from './print-jobs.ts';
import { createPrintQueue, type Printed, type PrinterAddress, type PrintQueue } from './print-queue.ts';
import { sendToPrinter } from './send-to-printer.ts';
import type { SlipLine } from './slip-line.ts';

/** The way to printers, given to the room that prints. */
export interface PrinterNetwork {
  /** Whether a printer may be there: nothing is sent anywhere else. */
  readonly mayBeAt: (place: PrinterAddress) => boolean;
  readonly send: PrintQueue;
}

/** Printers of the village's own network. */
export function villageNetwork(): PrinterNetwork {
  return {
    mayBeAt: ({ host, port }) => isPrivateHost(host) && isPrinterPort(port),
    send: createPrintQueue(sendToPrinter),
  };
}

type MakeSlip = (isAgain: boolean) => readonly SlipLine[];

/** The same request while it is being printed waits for what becomes of it. */
export type UnderWay = Map<string, Promise<boolean>>;

interface PrintingAt {
  readonly store: Store;
  readonly network: PrinterNetwork;
  readonly printer: VillagePrinter | null;
}

/**
 * Prints a slip once for its key. Returns whether one of this redemption was on paper before. Refuses with the reason why it did
 * not come out.
 */
export function printOnce(
  at: PrintingAt & { readonly underWay: UnderWay },
  job: PrintJob,
  slip: MakeSlip,
): Promise<boolean> {
  const { underWay } = at;
  const name = [job.villageId, job.kioskId, job.key].join(' ');
  const same = underWay.get(name);
  if (same) return same;
  const printing = printClaimed(at, job, slip).finally(() => underWay.delete(name));
  underWay.set(name, printing);
  return printing;
}

async function printClaimed(at: PrintingAt, job: PrintJob, slip: MakeSlip): Promise<boolean> {
  usable(at);
  const claim = await claimJob(at.store, job);
  if (claim.is === 'asked before') {
    if (claim.outcome === null) throw new Refusal('printer.under_way');
    refuseUnlessPrinted(claim.outcome as Printed);
    return false;
  }
  const outcome = await printNow(at, slip(claim.wasPrinted));
  await noteOutcome(at.store, job, outcome);
  refuseUnlessPrinted(outcome);
  return claim.wasPrinted;
}

/** Prints what is nobody's slip, such as a test page. */
export async function printPage(at: Omit<PrintingAt, 'store'>, lines: readonly SlipLine[]): Promise<void> {
  refuseUnlessPrinted(await printNow(at, lines));
}

function printNow(at: Omit<PrintingAt, 'store'>, lines: readonly SlipLine[]): Promise<Printed> {
  const printer = usable(at);
  return at.network.send(printer, encodeSlip(lines, printer));
}

/** The printer, looked at anew: a restored backup may bring another network's. */
function usable({ printer, network }: Omit<PrintingAt, 'store'>): VillagePrinter {
  if (printer === null) throw new Refusal('printer.none');
  if (!network.mayBeAt(printer)) throw new Refusal('printer.unusable_address');
  return printer;
}

function refuseUnlessPrinted(outcome: Printed): void {
  if (outcome !== 'printed') throw new Refusal(`printer.${outcome}`);
}

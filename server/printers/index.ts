/** The shop's printer on the village's network: the one address to which the server sends something by itself. */
export { createPrintQueue } from './print-queue.ts';
export { type PrinterNetwork, villageNetwork } from './print.ts';
export { sendToPrinter } from './send-to-printer.ts';

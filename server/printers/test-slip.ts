import type { VillagePrinter } from '../../shared/village/settings.ts';
import { headOf, momentIn, type SlipPlace, wordsIn } from './receipt-slip.ts';
import { centred, pair, RULE, type SlipLine, text } from './slip-line.ts';

/** A page that shows whether the paper fits and Chinese comes out. */
export function testSlip({ host, port, paper }: VillagePrinter, place: SlipPlace, nowMs: number): SlipLine[] {
  const words = wordsIn(place.language);
  return [
    ...headOf('test', place),
    text(words('testGood'), 'bold'),
    pair(words('testWide'), words('testEdge')),
    pair(words('balance'), '124', 'large'),
    RULE,
    text(`${host}:${port}`),
    text(words('testPaper', { width: paper })),
    text(momentIn(place.settings.timeZone, nowMs)),
    centred(words('testEnd')),
  ];
}

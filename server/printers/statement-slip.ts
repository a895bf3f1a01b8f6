import type { GoodsItem } from '../../shared/goods/contract.ts';
import { withoutCode } from '../../shared/rules/without-code.ts';
import { ENTRY_WORDS } from '../../shared/printers/slip-words.ts';
import { type Catalogue, listed, say } from '../../shared/sentence.ts';
import type { KioskStatement } from '../kiosk/index.ts';
import {
  balanceLines,
  figure,
  footOf,
  headOf,
  householdLines,
  momentIn,
  type SlipPlace,
  wordsIn,
} from './receipt-slip.ts';
import { pair, RULE, type SlipLine, text } from './slip-line.ts';

/** A passbook's last lines: the same as the browser's (client/kiosk/parts/StatementSlip.vue). */
export function statementSlip(
  statement: KioskStatement,
  { place, shelf }: { readonly place: SlipPlace; readonly shelf: readonly GoodsItem[] },
): SlipLine[] {
  const words = wordsIn(place.language);
  const { held } = statement;
  return [
    ...headOf('statement', place),
    ...householdLines(statement.household, statement.atMs, place),
    RULE,
    ...balanceLines(statement.balance, shelf, place.language),
    ...(held > 0 ? [text(words('held', { points: figure(held) }))] : []),
    RULE,
    ...statement.lines.flatMap((line) => entryLines(line, place)),
    RULE,
    ...footOf('keepStatement', place),
  ];
}

function entryLines(line: KioskStatement['lines'][number], place: SlipPlace): SlipLine[] {
  const { language } = place;
  const words = wordsIn(language);
  const kind = say<Catalogue>(ENTRY_WORDS, line.kind, {}, language);
  const reversed = line.reversedBy === null ? '' : words('reversed');
  const { witnessed } = line;
  return [
    pair(withoutCode(line.text.title) || kind, `${line.amount > 0 ? '+' : ''}${figure(line.amount)}`, 'bold'),
    pair(
      `${line.effectiveOn} ${kind} ${reversed}`.trim(),
      words('left', { points: figure(line.balanceAfter) }),
    ),
    ...(witnessed
      ? [text(words(witnessed.why === 'new' ? 'seconded' : 'vouched', { names: listed(witnessed.names) }))]
      : []),
    ...withoutNetworkLines(line, place),
  ];
}

function withoutNetworkLines(
  { withoutNetwork }: KioskStatement['lines'][number],
  { language, settings: { timeZone } }: SlipPlace,
): SlipLine[] {
  if (!withoutNetwork) return [];
  const { atMs, marks } = withoutNetwork;
  const lead = wordsIn(language)('withoutNetwork', { when: momentIn(timeZone, atMs) });
  return [text([lead, ...marks.map((mark) => mark[language])].join(language === 'en' ? '; ' : '；'))];
}

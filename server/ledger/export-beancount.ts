import type { Reader } from '../../db/store.ts';
import { addDays } from '../../shared/business-day.ts';
import { UNIT_WORDS } from '../../shared/books/column-words.ts';
import { CNY, POINT } from './accounts.ts';
import { accountName, commodityName, decimal, oneLine } from './export-names.ts';
import {
  accountLabel,
  accountOf,
  exportedBook,
  type ExportedBook,
  type ExportedEntry,
  exportedEntries,
  type ExportLabels,
  LastBalances,
  wordsOf,
} from './export-source.ts';
import { readSpan } from './journal-rows.ts';

/** The book for beancount, by effective day. Accounts hold their own unit only; each of our balances is asserted, exactly. */
export async function* exportBeancount(
  reader: Reader,
  villageId: string,
  labels: ExportLabels,
): AsyncGenerator<string> {
  const book = await exportedBook(reader, villageId, labels);
  yield title(book, labels);
  const { first, last } = await readSpan(reader, villageId);
  if (first === null || last === null) return;
  yield declarations(book, first);
  const balances = new LastBalances();
  for await (const page of exportedEntries(reader, villageId, 'day')) {
    for (const entry of page) balances.see(entry);
    yield page.map(transaction).join('');
  }
  // An assertion holds at the beginning of its day.
  yield assertions(book, addDays(last, 1), balances);
}

function title({ bookId, number, hash }: ExportedBook, { village }: ExportLabels): string {
  const name = village ? `${village.town} ${village.name}` : '积善 Jishan';
  return [
    `; book ${bookId}, entries 1 to ${number}, head ${hash}`,
    `option "title" ${quoted(name)}`,
    'option "operating_currency" "POINT"',
    'option "operating_currency" "CNY"',
    '',
    '',
  ].join('\n');
}

function declarations(book: ExportedBook, day: string): string {
  const { accounts, ownerNames } = book;
  const units = new Map(
    accounts.map((account) => [account.unit, ownerNames.get(account.id) ?? account.unit]),
  );
  units.set(POINT, UNIT_WORDS.point).set(CNY, UNIT_WORDS.money);
  const lines: string[] = [];
  for (const [unit, name] of units) {
    lines.push(`${day} commodity ${commodityName(unit)}`, `  name: ${quoted(name)}`);
  }
  lines.push('');
  for (const account of accounts) {
    const name = quoted(accountLabel(book, account));
    lines.push(`${day} open ${accountName(account)} ${commodityName(account.unit)}`, `  name: ${name}`);
  }
  return `${lines.join('\n')}\n\n`;
}

function transaction(entry: ExportedEntry): string {
  const { number, kind, effectiveOn, hash, reversesNumber, resolvesNumber } = entry.header;
  const words = wordsOf(entry);
  const narration = [words.title, words.note].filter((part) => part !== '').join(' — ');
  const lines = [`${effectiveOn} * ${quoted(kind)} ${quoted(narration)} #${kind}`, `  number: ${number}`];
  if (reversesNumber !== null) lines.push(`  reverses: ${reversesNumber}`);
  if (resolvesNumber !== null) lines.push(`  resolves: ${resolvesNumber}`);
  lines.push(`  hash: ${quoted(hash)}`);
  for (const { accountId, unit, amount } of entry.lines) {
    lines.push(`  ${accountName(accountOf(accountId))}  ${decimal(unit, amount)} ${commodityName(unit)}`);
  }
  return `${lines.join('\n')}\n\n`;
}

function assertions({ accounts }: ExportedBook, day: string, balances: LastBalances): string {
  const lines = accounts.map((account) => {
    const { id, unit } = account;
    const figure = `${decimal(unit, balances.of(id))} ~ 0 ${commodityName(unit)}`;
    return `${day} balance ${accountName(account)}  ${figure}`;
  });
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

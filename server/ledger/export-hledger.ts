import type { Reader } from '../../db/store.ts';
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

/**
 * The book for hledger, by effective day. Every commodity and account is declared, so that `hledger check
 * --strict` has something to hold it to, and the last transaction asserts each of our balances.
 */
export async function* exportHledger(
  reader: Reader,
  villageId: string,
  labels: ExportLabels,
): AsyncGenerator<string> {
  const book = await exportedBook(reader, villageId, labels);
  yield declarations(book, labels);
  const balances = new LastBalances();
  for await (const page of exportedEntries(reader, villageId, 'day')) {
    for (const entry of page) balances.see(entry);
    yield page.map(transaction).join('');
  }
  const { last } = await readSpan(reader, villageId);
  if (last !== null) yield assertions(book, last, balances);
}

function declarations(book: ExportedBook, labels: ExportLabels): string {
  const { bookId, number, hash, accounts, ownerNames } = book;
  const village = labels.village ? ` ${comment(`${labels.village.town} ${labels.village.name}`)}` : '';
  const lines = [
    `; 积善 Jishan${village}`,
    `; book ${bookId}, entries 1 to ${number}, head ${hash}`,
    '',
    `commodity 1000.00 POINT  ; ${UNIT_WORDS.point}`,
    `commodity 1000.00 CNY  ; ${UNIT_WORDS.money}`,
  ];
  for (const [unit, id] of new Map(accounts.map((account) => [account.unit, account.id]))) {
    if (unit === POINT || unit === CNY) continue;
    lines.push(`commodity 1000. ${symbol(unit)}  ; ${comment(ownerNames.get(id) ?? unit)}`);
  }
  lines.push('');
  for (const account of accounts) {
    lines.push(`account ${accountName(account)}  ; ${comment(accountLabel(book, account))}`);
  }
  return `${lines.join('\n')}\n\n`;
}

function transaction(entry: ExportedEntry): string {
  const { number, kind, effectiveOn, hash, reversesNumber, resolvesNumber } = entry.header;
  const tags = [`number:${number}`, `kind:${kind}`];
  if (reversesNumber !== null) tags.push(`reverses:${reversesNumber}`);
  if (resolvesNumber !== null) tags.push(`resolves:${resolvesNumber}`);
  tags.push(`hash:${hash}`);
  const lines = entry.lines.map(({ accountId, unit, amount }) => {
    return `    ${accountName(accountOf(accountId))}  ${amountOf(unit, amount)}`;
  });
  const head = `${effectiveOn} * (${number}) ${description(entry)}`;
  return [head, `    ; ${tags.join(', ')}`, ...lines, '', ''].join('\n');
}

function assertions({ accounts }: ExportedBook, day: string, balances: LastBalances): string {
  const lines = accounts.map((account) => {
    const { id, unit } = account;
    return `    ${accountName(account)}  ${amountOf(unit, 0)} == ${amountOf(unit, balances.of(id))}`;
  });
  return [`${day} * balances`, ...lines, ''].join('\n');
}

function amountOf(unit: string, amount: number): string {
  return `${decimal(unit, amount)} ${symbol(unit)}`;
}

/** Symbols with anything but letters stand in quotes. */
function symbol(unit: string): string {
  const name = commodityName(unit);
  return /^[A-Z]+$/.test(name) ? name : `"${name}"`;
}

/** `kind | text`: before the bar is what hledger takes for the payee; a semicolon would begin a comment. */
function description(entry: ExportedEntry): string {
  const { title, note } = wordsOf(entry);
  const text = oneLine([title, note].filter((part) => part !== '').join(' — '));
  const safe = text.replaceAll(';', '；').replaceAll('|', '｜');
  return safe === '' ? entry.header.kind : `${entry.header.kind} | ${safe}`;
}

/** A colon in a comment would make a tag of the word before it, and a comma would end its value. */
function comment(text: string): string {
  return oneLine(text).replaceAll(':', '：').replaceAll(',', '，');
}

import { addDays } from '../../shared/business-day.ts';
import { PRODUCT_NAME } from '../../shared/product-name.ts';
import { CNY, POINT } from './account-kind.ts';
import type { Dialect } from './export-accounting.ts';
import { commodityName, decimal, oneLine } from './export-names.ts';

export const hledger: Dialect = {
  title(village, { bookId, number, hash }) {
    const name = village === null ? '' : ` ${comment(village)}`;
    return [`; ${PRODUCT_NAME}${name}`, `; book ${bookId}, entries 1 to ${number}, head ${hash}`];
  },
  commodity(unit, name) {
    const format = unit === POINT || unit === CNY ? '1000.00' : '1000.';
    return [`commodity ${format} ${symbol(unit)}  ; ${comment(name)}`];
  },
  account: (account, _unit, label) => [`account ${account}  ; ${comment(label)}`],
  transaction({ header, words, lines }) {
    const { number, kind, effectiveOn, hash, reversesNumber, resolvesNumber } = header;
    const tags = [`number:${number}`, `kind:${kind}`];
    if (reversesNumber !== null) tags.push(`reverses:${reversesNumber}`);
    if (resolvesNumber !== null) tags.push(`resolves:${resolvesNumber}`);
    tags.push(`hash:${hash}`);
    // hledger takes the text before the bar for the payee. A semicolon would begin a comment.
    const text = oneLine(words.join(' — ')).replaceAll(';', '；').replaceAll('|', '｜');
    return [
      `${effectiveOn} * (${number}) ${text === '' ? kind : `${kind} | ${text}`}`,
      `    ; ${tags.join(', ')}`,
      ...lines.map(({ account, unit, amount }) => `    ${account}  ${withSymbol(unit, amount)}`),
    ];
  },
  /** The last transaction of the file moves nothing and asserts every balance. */
  balances: (lastDay, balances) => [
    `${lastDay} * balances`,
    ...balances.map(
      ({ account, unit, balance }) =>
        `    ${account}  ${withSymbol(unit, 0)} == ${withSymbol(unit, balance)}`,
    ),
  ],
};

/** Accounts hold their own unit only. An assertion holds at the beginning of its day. */
export const beancount: Dialect = {
  title: (village, { bookId, number, hash }) => [
    `; book ${bookId}, entries 1 to ${number}, head ${hash}`,
    `option "title" ${quoted(village ?? PRODUCT_NAME)}`,
    'option "operating_currency" "POINT"',
    'option "operating_currency" "CNY"',
  ],
  commodity: (unit, name, since) => [`${since} commodity ${commodityName(unit)}`, `  name: ${quoted(name)}`],
  account: (account, unit, label, since) => [
    `${since} open ${account} ${commodityName(unit)}`,
    `  name: ${quoted(label)}`,
  ],
  transaction({ header, words, lines }) {
    const { number, kind, effectiveOn, hash, reversesNumber, resolvesNumber } = header;
    const told = [`${effectiveOn} * ${quoted(kind)} ${quoted(words.join(' — '))} #${kind}`];
    told.push(`  number: ${number}`);
    if (reversesNumber !== null) told.push(`  reverses: ${reversesNumber}`);
    if (resolvesNumber !== null) told.push(`  resolves: ${resolvesNumber}`);
    told.push(`  hash: ${quoted(hash)}`);
    for (const { account, unit, amount } of lines) {
      told.push(`  ${account}  ${decimal(unit, amount)} ${commodityName(unit)}`);
    }
    return told;
  },
  balances: (lastDay, balances) =>
    balances.map(
      ({ account, unit, balance }) =>
        `${addDays(lastDay, 1)} balance ${account}  ${decimal(unit, balance)} ~ 0 ${commodityName(unit)}`,
    ),
};

function withSymbol(unit: string, amount: number): string {
  return `${decimal(unit, amount)} ${symbol(unit)}`;
}

/** hledger wants symbols with anything but letters in quotes. */
function symbol(unit: string): string {
  const name = commodityName(unit);
  return /^[A-Z]+$/.test(name) ? name : `"${name}"`;
}

/** A colon in a comment would make a tag of the word before it, and a comma would end its value. */
function comment(text: string): string {
  return oneLine(text).replaceAll(':', '：').replaceAll(',', '，');
}

function quoted(text: string): string {
  return `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

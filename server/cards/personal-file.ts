import type { FilePart, FileSubject } from '../define-module.ts';
import { cardsOf } from './personal.ts';

export async function cardsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  return [['积分卡', await cardsPart(subject)]];
}

async function cardsPart({ reader, villageId, householdId, moment }: FileSubject) {
  const cards = await cardsOf(reader, villageId, householdId);
  return cards.map(({ code, issuedAtMs, printedAtMs, revokedAtMs }) => ({
    卡号: maskCode(code),
    发卡: moment(issuedAtMs),
    打印: moment(printedAtMs),
    停用: moment(revokedAtMs),
  }));
}

/** A card opens the counter: the file shows which one it was, not what is on it. */
function maskCode(code: string): string {
  return `${'*'.repeat(Math.max(0, code.length - 4))}${code.slice(-4)}`;
}

import { CARD_TITLES, CARDS_PART } from '../../shared/cards/personal-file-words.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { titled } from '../personal-part.ts';
import { cardsOf } from './personal.ts';

export async function cardsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  return [[CARDS_PART, await cardsPart(subject)]];
}

async function cardsPart({ reader, villageId, householdId, moment }: FileSubject) {
  const cards = await cardsOf(reader, villageId, householdId);
  return cards.map(({ code, issuedAtMs, printedAtMs, revokedAtMs }) =>
    titled(CARD_TITLES, {
      code: maskCode(code),
      issued: moment(issuedAtMs),
      printed: moment(printedAtMs),
      revoked: moment(revokedAtMs),
    }),
  );
}

/** A card opens the counter: the file shows which one it was, not what is on it. */
function maskCode(code: string): string {
  return `${'*'.repeat(Math.max(0, code.length - 4))}${code.slice(-4)}`;
}

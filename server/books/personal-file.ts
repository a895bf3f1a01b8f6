import { FACT_TITLES, PASSBOOK_PARTS, PASSBOOK_TITLES } from '../../shared/books/personal-file-words.ts';
import { personalEntryName, PERSONAL_WORDS as WORDS } from '../../shared/privacy/personal-file-words.ts';
import { pointsNumber } from '../../shared/points.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { titled } from '../personal-part.ts';
import { type AccountRef, factsOf, passbook } from '../ledger/index.ts';
import { heldAccount, householdAccount } from '../households/ledger-kinds.ts';

const LINES_A_PAGE = 200;

export async function passbookFile(subject: FileSubject): Promise<readonly FilePart[]> {
  return [
    [PASSBOOK_PARTS.passbook, await accountPart(subject, householdAccount(subject.householdId))],
    [PASSBOOK_PARTS.held, await accountPart(subject, heldAccount(subject.householdId))],
    [PASSBOOK_PARTS.facts, await factsPart(subject)],
  ];
}

async function factsPart({ reader, villageId, householdId }: FileSubject) {
  const facts = await factsOf(reader, villageId, householdId);
  return facts.map((fact) => titled(FACT_TITLES, { ...fact, value: fact.value ?? WORDS.erasedText }));
}

/** All lines of an account, the newest first, as its passbook has them. */
async function accountPart({ reader, villageId, moment, nameOf }: FileSubject, account: AccountRef) {
  const all: object[] = [];
  let before: string | undefined;
  do {
    const page = await passbook(reader, villageId, account, { before, limit: LINES_A_PAGE });
    all.push(
      ...page.lines.map((line) =>
        titled(PASSBOOK_TITLES, {
          number: line.number,
          effectiveOn: line.effectiveOn,
          bookedAt: moment(line.bookedAtMs),
          kind: personalEntryName(line.kind),
          amount: pointsNumber(line.amount),
          balanceAfter: pointsNumber(line.balanceAfter),
          title: line.text.erased ? WORDS.erasedText : line.text.title,
          note: line.text.note,
          actor: nameOf(line.actorId, line.number),
          reversesNumber: line.reversesNumber,
          reversedBy: line.reversedBy,
        }),
      ),
    );
    before = page.next ?? undefined;
  } while (before !== undefined);
  return all;
}

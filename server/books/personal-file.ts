import { personalEntryName, PERSONAL_WORDS as WORDS } from '../../shared/privacy/personal-file-words.ts';
import { pointsNumber } from '../../shared/points.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { type AccountRef, passbook } from '../ledger/index.ts';
import { heldAccount, householdAccount } from '../households/ledger-kinds.ts';

const LINES_A_PAGE = 200;

export async function passbookFile(subject: FileSubject): Promise<readonly FilePart[]> {
  return [
    ['存折', await accountPart(subject, householdAccount(subject.householdId))],
    ['冻结', await accountPart(subject, heldAccount(subject.householdId))],
  ];
}

/** All lines of an account, the newest first, as its passbook has them. */
async function accountPart({ reader, villageId, moment, nameOf }: FileSubject, account: AccountRef) {
  const all: object[] = [];
  let before: string | undefined;
  do {
    const page = await passbook(reader, villageId, account, { before, limit: LINES_A_PAGE });
    all.push(
      ...page.lines.map((line) => ({
        凭证号: line.number,
        日期: line.effectiveOn,
        记账时间: moment(line.bookedAtMs),
        种类: personalEntryName(line.kind),
        积分: pointsNumber(line.amount),
        之后余额: pointsNumber(line.balanceAfter),
        标题: line.text.erased ? WORDS.erasedText : line.text.title,
        说明: line.text.note,
        经办: nameOf(line.actorId),
        冲正的是: line.reversesNumber,
        后来被冲正: line.reversedBy,
      })),
    );
    before = page.next ?? undefined;
  } while (before !== undefined);
  return all;
}

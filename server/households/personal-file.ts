import { HOUSEHOLD_WORDS } from '../../shared/households/column-words.ts';
import { HOUSEHOLD_PART, HOUSEHOLD_TITLES } from '../../shared/households/personal-file-words.ts';
import { pointsNumber } from '../../shared/points.ts';
import { PERSONAL_WORDS as WORDS } from '../../shared/privacy/personal-file-words.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { askNow } from '../commands/index.ts';
import { goodsById } from '../goods/index.ts';
import { titled } from '../personal-part.ts';
import { accountId, balancesOf } from '../ledger/index.ts';
import { heldAccount, householdAccount } from './ledger-kinds.ts';
import { householdRow } from './personal.ts';

export async function householdFile(subject: FileSubject): Promise<readonly FilePart[]> {
  return [[HOUSEHOLD_PART, await householdPart(subject)]];
}

async function householdPart({ reader, villageId, householdId, moment }: FileSubject) {
  const row = await householdRow(reader, villageId, householdId);
  const [own, held] = [householdAccount(householdId), heldAccount(householdId)];
  const balances = await balancesOf(reader, villageId, [own, held]);
  const goal =
    row.goalGoodsId === null ? undefined : await askNow(reader, villageId, goodsById.one([row.goalGoodsId]));
  return titled(HOUSEHOLD_TITLES, {
    number: row.number,
    originalNumber: row.originalNumber,
    group: row.groupName,
    head: row.head,
    headPinyin: row.headPinyin,
    size: row.size,
    phone: row.phone,
    note: row.note,
    state: HOUSEHOLD_WORDS[row.state],
    showsName: row.showsName === null ? WORDS.unasked : row.showsName ? WORDS.yes : WORDS.no,
    hasPin: row.pinHash === null ? WORDS.no : WORDS.yes,
    pinSet: moment(row.pinSetAtMs),
    goal: goal?.name ?? null,
    balance: pointsNumber(balances.get(accountId(own)) ?? 0),
    held: pointsNumber(balances.get(accountId(held)) ?? 0),
    created: moment(row.createdAtMs),
    closed: moment(row.closedAtMs),
    successor: row.successorId === null ? null : WORDS.goneTo,
    erased: moment(row.erasedAtMs),
  });
}

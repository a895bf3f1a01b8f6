import { HOUSEHOLD_WORDS } from '../../shared/households/column-words.ts';
import { pointsNumber } from '../../shared/points.ts';
import { PERSONAL_WORDS as WORDS } from '../../shared/privacy/personal-file-words.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { listGoods } from '../goods/index.ts';
import { accountId, balancesOf } from '../ledger/index.ts';
import { heldAccount, householdAccount } from './ledger-kinds.ts';
import { householdRow } from './personal.ts';

export async function householdFile(subject: FileSubject): Promise<readonly FilePart[]> {
  return [['农户', await householdPart(subject)]];
}

async function householdPart({ reader, villageId, householdId, moment }: FileSubject) {
  const row = await householdRow(reader, villageId, householdId);
  const [own, held] = [householdAccount(householdId), heldAccount(householdId)];
  const balances = await balancesOf(reader, villageId, [own, held]);
  const goods = row.goalGoodsId === null ? [] : await listGoods(reader, villageId, { enabledOnly: false });
  return {
    户号: row.number,
    村民小组: row.groupName,
    户主: row.head,
    户主拼音: row.headPinyin,
    人口: row.size,
    电话: row.phone,
    备注: row.note,
    状态: HOUSEHOLD_WORDS[row.state],
    同意公开姓名: row.showsName === null ? WORDS.unasked : row.showsName ? WORDS.yes : WORDS.no,
    设有PIN: row.pinHash === null ? WORDS.no : WORDS.yes,
    攒分目标: goods.find(({ id }) => id === row.goalGoodsId)?.name ?? null,
    积分余额: pointsNumber(balances.get(accountId(own)) ?? 0),
    冻结积分: pointsNumber(balances.get(accountId(held)) ?? 0),
    建户时间: moment(row.createdAtMs),
    停用时间: moment(row.closedAtMs),
    积分去向: row.successorId === null ? null : WORDS.goneTo,
    资料删除时间: moment(row.erasedAtMs),
  };
}

import type { Reader } from '../../db/index.ts';
import {
  PERSONAL_DEVICES,
  personalEntryName,
  PERSONAL_WORDS as WORDS,
} from '../../shared/privacy/personal-file-words.ts';
import { HOUSEHOLD_WORDS } from '../../shared/households/column-words.ts';
import { formatHundredths } from '../../shared/points.ts';
import { maskName } from '../../shared/mask-name.ts';
import { cardsOf, householdRow } from '../households/index.ts';
import { kinOf, logInsOf, readDevice, wrongTriesOf } from '../identity/index.ts';
import { heldAccount, householdAccount } from '../households/account-kinds.ts';
import { accountId, type AccountRef, balancesOf, passbook } from '../ledger/index.ts';
import { listGoods, redemptionsOf } from '../shop/index.ts';

/** Whose file is written, and how times and people are written in it. */
export interface Told {
  readonly reader: Reader;
  readonly villageId: string;
  readonly householdId: string;
  readonly moment: (atMs: number | null) => string | null;
  /** Masked, as on the household's passbook. */
  readonly nameOf: (id: string | null) => string | null;
}

const LINES_A_PAGE = 200;

/** Points as people write them. */
export const points = (hundredths: number) => Number(formatHundredths(hundredths));

export async function householdPart({ reader, villageId, householdId, moment }: Told) {
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
    积分余额: points(balances.get(accountId(own)) ?? 0),
    冻结积分: points(balances.get(accountId(held)) ?? 0),
    建户时间: moment(row.createdAtMs),
    停用时间: moment(row.closedAtMs),
    积分去向: row.successorId === null ? null : WORDS.goneTo,
    资料删除时间: moment(row.erasedAtMs),
  };
}

export async function cardsPart({ reader, villageId, householdId, moment }: Told) {
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

export async function logInsPart({ reader, villageId, householdId, moment }: Told) {
  const logIns = await logInsOf(reader, villageId, householdId);
  return logIns.map(({ device, helper, createdAtMs, expiresAtMs, revokedAtMs }) => {
    const { system, inWeChat } = readDevice(device);
    return {
      设备: inWeChat ? `${PERSONAL_DEVICES[system]} · ${WORDS.wechat}` : PERSONAL_DEVICES[system],
      帮看的人: helper,
      开始: moment(createdAtMs),
      到期: moment(expiresAtMs),
      结束: moment(revokedAtMs),
    };
  });
}

export async function wrongTriesPart({ reader, villageId, householdId, moment }: Told) {
  const tries = await wrongTriesOf(reader, villageId, householdId);
  return tries.map(({ by, failures, lockedUntilMs, updatedAtMs }) => ({
    在哪里: by in WORDS.by ? WORDS.by[by as keyof typeof WORDS.by] : by,
    次数: failures,
    锁到: lockedUntilMs === 0 ? null : moment(lockedUntilMs),
    最近一次: moment(updatedAtMs),
  }));
}

export async function kinPart({ reader, villageId, householdId }: Told): Promise<string[]> {
  const names = await kinOf(reader, villageId, householdId);
  return names.map((name) => maskName(name));
}

/** All lines of an account, the newest first, as its passbook has them. */
export async function accountPart({ reader, villageId, moment, nameOf }: Told, account: AccountRef) {
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
        积分: points(line.amount),
        之后余额: points(line.balanceAfter),
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

export async function redemptionsPart({ reader, villageId, householdId, moment, nameOf }: Told) {
  const redemptions = await redemptionsOf(reader, villageId, householdId);
  return redemptions.map((one) => ({
    凭证号: one.journalNumber,
    日期: one.effectiveOn,
    时间: moment(one.bookedAtMs),
    积分: points(one.points),
    商品: one.lines.map(({ name, unit, quantity, price }) => ({
      名称: name,
      单位: unit,
      数量: quantity,
      每件积分: points(price),
    })),
    经手: nameOf(one.volunteerId),
    后来被撤销: one.undoneBy,
  }));
}

import type { Reader } from '../../db/index.ts';
import type { Download } from '../../shared/operation.ts';
import { PERSONAL_FILE, PERSONAL_WORDS as WORDS } from '../../shared/privacy/personal-file-words.ts';
import { maskName } from '../../shared/mask-name.ts';
import { photosOf } from '../proposals/index.ts';
import { householdRow } from '../households/index.ts';
import type { VillageContext } from '../http/index.ts';
import { heldAccount, householdAccount } from '../households/account-kinds.ts';
import { picturesOf, readPicture } from '../pictures/index.ts';
import {
  accountPart,
  cardsPart,
  householdPart,
  kinPart,
  logInsPart,
  redemptionsPart,
  type Told,
  wrongTriesPart,
} from './parts.ts';
import { proposalsParts } from './proposal-parts.ts';

export type NamesOf = (reader: Reader, villageId: string) => Promise<Map<string, string>>;

export interface ExportOrder {
  readonly village: VillageContext;
  readonly householdId: string;
  readonly nowMs: number;
  readonly today: string;
  readonly namesOf: NamesOf;
}

/** Photos beyond this are named and not put in: a phone has to hold the file. */
const PHOTO_BYTES_MOST = 16 * 1024 * 1024;

/**
 * All that is kept about one household as one file that people can read, part by part as db/tables/personal-data.ts
 * classifies it. Nothing that opens an account, nothing about another household; those in office as on the passbook.
 */
export async function exportHousehold(reader: Reader, order: ExportOrder): Promise<Download> {
  const { village, householdId, today } = order;
  const { number, head } = await householdRow(reader, village.id, householdId);
  const names = await order.namesOf(reader, village.id);
  const told: Told = {
    reader,
    villageId: village.id,
    householdId,
    moment: momentIn(village.settings.timeZone),
    nameOf: (id) => {
      const name = id === null ? undefined : names.get(id);
      return name === undefined ? null : maskName(name);
    },
  };
  return {
    filename: `${village.name}-${PERSONAL_FILE.name}-${number}-${today}.json`,
    mediaType: 'application/json; charset=utf-8',
    content: asJson(told, order, `${number} ${head}`),
  };
}

async function* asJson(told: Told, { village, nowMs }: ExportOrder, name: string): AsyncGenerator<string> {
  const { proposals, elsewhere } = await proposalsParts(told);
  const parts: readonly (readonly [string, unknown])[] = [
    ['这是什么', PERSONAL_FILE.what(name, village.name)],
    ['What this is', PERSONAL_FILE.whatInEnglish],
    ['不在这里的', PERSONAL_FILE.leftOut],
    ['村庄', village.name],
    ['导出时间', told.moment(nowMs)],
    ['农户', await householdPart(told)],
    ['积分卡', await cardsPart(told)],
    ['手机登录', await logInsPart(told)],
    ['输错 PIN', await wrongTriesPart(told)],
    ['申报为本户家人或亲属的工作人员', await kinPart(told)],
    ['存折', await accountPart(told, householdAccount(told.householdId))],
    ['冻结', await accountPart(told, heldAccount(told.householdId))],
    ['兑换', await redemptionsPart(told)],
    ['申报', proposals],
    ['别户申报里登记的本户资料', elsewhere],
  ];
  let before = '{\n';
  for (const [title, part] of parts) {
    yield `${before}  ${JSON.stringify(title)}: ${indented(part, '  ')}`;
    before = ',\n';
  }
  yield `${before}  "照片": [`;
  let between = '\n';
  for await (const photo of photos(told)) {
    yield `${between}    ${indented(photo, '    ')}`;
    between = ',\n';
  }
  yield '\n  ]\n}\n';
}

/** One by one: of all there is about a household only photos are large. */
async function* photos({ reader, villageId, householdId, moment }: Told): AsyncGenerator<object> {
  const shown = await photosOf(reader, villageId, householdId);
  let bytesLeft = PHOTO_BYTES_MOST;
  for (const { id, width, height, createdAtMs } of await picturesOf(reader, villageId, [...shown.keys()])) {
    const about = { 编号: id, 交来时间: moment(createdAtMs), 宽: width, 高: height };
    if (shown.get(id)?.isShared === true) {
      yield { ...about, 说明: WORDS.sharedPhoto };
      continue;
    }
    const { bytes, mediaType } = await readPicture(reader, villageId, id, 'evidence');
    bytesLeft -= bytes.length;
    yield bytesLeft < 0
      ? { ...about, 说明: WORDS.largePhoto }
      : { ...about, 照片: `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}` };
  }
}

function indented(part: unknown, indent: string): string {
  return JSON.stringify(part, null, 2).replaceAll('\n', `\n${indent}`);
}

/** Such as 2026-03-02 09:30:05, in the village's time zone. */
function momentIn(timeZone: string): Told['moment'] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (atMs) => (atMs === null ? null : format.format(atMs));
}

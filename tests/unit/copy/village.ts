/** A village of any size as the server answers it, for the tests of the copy on a device. */
import { webcrypto } from 'node:crypto';
import { drawCardCode } from '../../../shared/cards/code.ts';
import type { CopyChanges, WholeCopy } from '../../../shared/copy/contract.ts';
import type { GoodsItem } from '../../../shared/goods/contract.ts';

type Household = WholeCopy['households'][number];

const subtle = webcrypto.subtle as SubtleCrypto;
export const CARD_KEY = Buffer.alloc(32, 7);
export const START_MS = Date.UTC(2026, 2, 15, 4);
export const DAY = '2026-03-15';

/** Codes that are the same in each run. */
export function codeAt(index: number): string {
  let state = index + 1;
  return drawCardCode((below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  });
}

export async function hashAt(index: number): Promise<string> {
  const how = { name: 'HMAC', hash: 'SHA-256' };
  const key = await subtle.importKey('raw', CARD_KEY, how, false, ['sign']);
  const hash = await subtle.sign('HMAC', key, new TextEncoder().encode(codeAt(index)));
  return Buffer.from(hash).subarray(0, 16).toString('base64url');
}

export const idAt = (index: number) => `h${String(index).padStart(15, '0')}`;

export async function householdAt(index: number, fields: Partial<Household> = {}): Promise<Household> {
  return {
    ...{ id: idAt(index), number: String(index + 1).padStart(3, '0'), originalNumber: null },
    ...{ head: '欧阳*国', group: '第一村民小组', search: ' ouyangjianguo oyjg yangjianguo yjg' },
    card: { hash: await hashAt(index), issuedAtMs: START_MS },
    ...{ balance: 5000 + index, redeemedToday: 1000, taken: [{ goodsId: 'g1', pieces: 2 }] },
    ...fields,
  };
}

export function itemAt(index: number, fields: Partial<GoodsItem> = {}): GoodsItem {
  return {
    ...{ id: `g${index}`, kind: 'goods', category: '米面粮油', name: `东北大米 ${index} 号 5kg`, unit: '袋' },
    ...{ price: 1000, costFen: 900, barcode: String(6_900_000_000_000 + index), monthlyLimit: null },
    ...{ enabled: true, pictureId: null, chosenDrawing: null, drawing: 'rice', rank: index },
    ...{ nextPrice: null, formerPrice: null, stock: 40 },
    ...fields,
  };
}

export async function wholeOf(
  households: number,
  goods: number,
  fields: Partial<WholeCopy> = {},
): Promise<WholeCopy> {
  return {
    ...{ entry: 100, mark: 'a'.repeat(16), atMs: START_MS, day: DAY },
    rules: {
      ...{ timeZone: 'Asia/Shanghai', pinAbove: null, householdHundredths: 8000 },
      ...{ kioskHundredths: 50_000, copyDays: 14 },
    },
    cardKey: CARD_KEY.toString('base64url'),
    volunteers: [{ id: 'v1', name: '李梅', verifier: VERIFIER, mayVouch: true, kin: [idAt(1)] }],
    goods: Array.from({ length: goods }, (_, index) => itemAt(index, index === 1 ? { monthlyLimit: 5 } : {})),
    households: await Promise.all(Array.from({ length: households }, (_, index) => householdAt(index))),
    ...fields,
  };
}

export function changesOf(whole: WholeCopy, fields: Partial<CopyChanges> = {}): CopyChanges {
  const { cardKey: _, goods: __, households: ___, ...standing } = whole;
  return {
    ...standing,
    ...{ entry: whole.entry + 1, mark: 'b'.repeat(16), households: [], gone: [], goods: null, stock: [] },
    ...fields,
  };
}

export const PIN = '407285';
/** The hash of that PIN, made as the server makes it. */
export const VERIFIER =
  '$argon2id$v=19$m=12288,t=3,p=1$wwQfcIfT5GSXQY6fXNA9/Q$31WO1mvysPICXJPYVCoRAgXR/b8mojlbYYdfxoE8ZAM';

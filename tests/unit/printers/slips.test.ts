import { describe, expect, it } from 'vitest';
import { encodeSlip } from '../../../server/printers/escpos.ts';
import { receiptSlip, type SlipPlace } from '../../../server/printers/receipt-slip.ts';
import type { SlipLine } from '../../../server/printers/slip-line.ts';
import { statementSlip } from '../../../server/printers/statement-slip.ts';
import { testSlip } from '../../../server/printers/test-slip.ts';
import { decodeSlip, drawn } from '../../support/decode-slip.ts';

const BOOKED_AT_MS = Date.parse('2026-11-29T03:20:00Z');
const place = (language: 'zh' | 'en'): SlipPlace => ({
  village: '积善村',
  settings: { shopPhone: '0391-000 0000', shopPlace: '村委会东屋', timeZone: 'Asia/Shanghai' },
  language,
});
const rice = {
  ...{
    id: 'rice',
    kind: 'goods',
    category: '米面粮油',
    name: '大米5kg',
    unit: '袋',
    price: 3200,
    costFen: 3000,
  },
  ...{
    barcode: null,
    monthlyLimit: null,
    enabled: true,
    stock: 9,
    rank: 1,
    pictureId: null,
    drawing: 'rice',
  },
} as never;
const line = (goodsId: string, name: string, quantity: number, price: number) => ({
  ...{ goodsId, name, unit: '袋', quantity, price, returned: 0 },
});
const receipt = {
  ...{ id: 'r', household: { id: 'h', number: '013', head: '郝*花' }, points: 5200, balanceAfter: 6700 },
  lines: [
    line('rice', '大米5kg', 1, 3200),
    line('sauce', '酱油500ml', 1, 800),
    line('broom', '竹扫把（加长柄、特别结实、扫院子用的那一种）', 2, 600),
  ],
  ...{ bookedAtMs: BOOKED_AT_MS, journalNumber: 2689, digits: '7F3A 91C2 00DE 5B21' },
  ...{ volunteer: '何秋菊', undone: false },
};
const entry = (number: number, kind: 'award' | 'redemption', title: string, amount: number) => ({
  ...{ number, kind, effectiveOn: '2026-11-20', amount, balanceAfter: 6700 },
  ...{ text: { title, note: '', erased: false }, reversedBy: null, witnessed: null },
});
const statement = {
  household: { id: 'h', number: '柳林村1组1', head: '㛃*𠮷', group: '一组' },
  ...{ balance: 6700, held: 500, atMs: BOOKED_AT_MS },
  lines: [
    { ...entry(9, 'redemption', '', -5200), witnessed: { why: 'vouched' as const, names: ['何*菊', '王*'] } },
    { ...entry(8, 'award', 'F1 参加村里的环境卫生大扫除活动并带动邻居一起参加', 1000), reversedBy: 12 },
    entry(7, 'award', '', 250),
  ],
};
const given = (language: 'zh' | 'en') => ({ place: place(language), shelf: [rice] });
const SLIPS: Readonly<Record<string, (language: 'zh' | 'en') => readonly SlipLine[]>> = {
  receipt: (language) => receiptSlip(receipt, false, given(language)),
  reprint: (language) => receiptSlip({ ...receipt, balanceAfter: null }, true, given(language)),
  undone: (language) => receiptSlip({ ...receipt, balanceAfter: null, undone: true }, true, given(language)),
  statement: (language) => statementSlip(statement, given(language)),
  test: (language) =>
    testSlip({ host: '192.168.1.50', port: 9100, paper: 58, cuts: true }, place(language), BOOKED_AT_MS),
};
const papers = Object.keys(SLIPS).flatMap((name) =>
  ([58, 80] as const).flatMap((paper) =>
    (['zh', 'en'] as const).map((language) => ({ name, paper, language })),
  ),
);

/** The stored slips were looked at; printers in villages print these bytes. */
describe.each(papers)('the slip $name on $paper mm, $language', ({ name, paper, language }) => {
  const bytes = encodeSlip(SLIPS[name]?.(language) ?? [], { paper, cuts: paper === 80 });

  it('is the same to the byte as the stored one', async () => {
    const rows = bytes.toString('hex').match(/.{1,96}/g) ?? [];
    await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot(
      `../../fixtures/slips/${name}-${paper}-${language}.hex`,
    );
  });

  it('reads as the stored one does, within the paper', async () => {
    const slip = decodeSlip(bytes);
    await expect(`${drawn(slip)}\n`).toMatchFileSnapshot(
      `../../fixtures/slips/${name}-${paper}-${language}.txt`,
    );
    const columns = paper === 58 ? 32 : 48;
    for (const row of slip.rows) {
      const width = Array.from(row.text).reduce((sum, sign) => sum + (sign < '\u0080' ? 1 : 2), 0);
      expect(width * (row.isLarge ? 2 : 1)).toBeLessThanOrEqual(columns);
    }
  });
});

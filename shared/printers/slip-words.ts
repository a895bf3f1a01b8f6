import type { Catalogue } from '../sentence.ts';

/** The words of the slips that the server prints. A test compares them with those of the browser's slips. */
export const SLIP_WORDS = {
  shop: { zh: '爱心超市', en: 'Village shop' },
  title: { zh: '兑换凭条', en: 'Shop slip' },
  return: { zh: '退货凭条', en: 'Return slip' },
  returnOf: { zh: '退的是凭证 {number} 号', en: 'Of entry {number}' },
  returned: { zh: '退回', en: 'Given back' },
  statement: { zh: '积分对账单', en: 'Statement of points' },
  reprint: { zh: '补打', en: 'Reprint' },
  undone: { zh: '这一笔已撤销', en: 'This one was undone' },
  left: { zh: '余 {points}', en: 'left {points}' },
  number: { zh: '户号', en: 'No.' },
  line: { zh: '{name} ×{n}', en: '{name} × {n}' },
  total: { zh: '一共', en: 'Total' },
  balance: { zh: '您家还有', en: 'Left' },
  by: { zh: '经办 {volunteer}', en: 'Served by {volunteer}' },
  entry: { zh: '凭证 {number} 号，账本指纹', en: 'Entry {number}' },
  mayUndo: {
    zh: '{n} 分钟内、下一户兑换前可以撤销',
    en: 'Can be undone for {n} minutes, until the next household is served',
  },
  keep: {
    zh: '请当面点清。有疑问，拿这张小票找村委会。',
    en: 'Please check the goods here. If in doubt, take this slip to the office.',
  },
  keepStatement: {
    zh: '请核对。有疑问，拿这张单子找村委会。',
    en: 'Please check. If in doubt, take this paper to the office.',
  },
  phone: { zh: '超市电话 {phone}', en: 'Tel. {phone}' },
  place: { zh: '超市在{place}', en: 'The shop: {place}' },
  sum: { zh: '{points} 分', en: '{points} points' },
  held: { zh: '另有 {points} 分已为预订留着', en: 'Set aside for reservations: {points}' },
  reversed: { zh: '（后来更正了）', en: '(corrected later)' },
  vouched: { zh: '由{names}认出，没有用卡', en: 'Vouched for by {names}, without card' },
  seconded: { zh: '卡或密码是新的，{names}也输了密码', en: 'Card or PIN was new: {names} typed a PIN too' },
  withoutNetwork: { zh: '没网时办的：{when}', en: 'Done without network: {when}' },
  test: { zh: '试打', en: 'Test page' },
  testGood: { zh: '看得清这一行，小票机就能用。', en: 'If this line can be read, the printer works.' },
  testWide: { zh: '左边', en: 'Left edge' },
  testEdge: { zh: '右边', en: 'Right edge' },
  testPaper: { zh: '纸宽 {width} 毫米', en: 'Paper {width} mm' },
  testEnd: { zh: '到这里为止', en: 'End of the page' },
} as const satisfies Catalogue;

/** The kinds of entries, as a household reads them. The same test says which one is missing. */
export const ENTRY_WORDS = {
  opening: { zh: '开户时的分', en: 'Points to begin with' },
  award: { zh: '加分', en: 'Award' },
  deduction: { zh: '扣分', en: 'Deduction' },
  hold: { zh: '先留着', en: 'Kept aside' },
  release: { zh: '不留了', en: 'No longer kept' },
  redemption: { zh: '兑换', en: 'Redeemed' },
  late_redemption: { zh: '没网时多兑的', en: 'Over the balance' },
  return: { zh: '退货', en: 'Returned' },
  act: { zh: '办事', en: 'Act' },
  stock_in: { zh: '进货', en: 'Stock in' },
  stocktake: { zh: '盘点', en: 'Stocktake' },
  reversal: { zh: '更正', en: 'Correction' },
  transfer: { zh: '户间转分', en: 'Between households' },
  closing: { zh: '销户', en: 'Account closed' },
} as const satisfies Catalogue;

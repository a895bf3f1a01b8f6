import type { Catalogue } from '../sentence.ts';

/**
 * Marks of rows: the codes of the refusals that would have come if the server had been asked, and those that only rows can
 * have. Said on the desk's list, in the passbook and to the supervisor.
 */
export const MARKS = {
  'card.revoked': { zh: '那张卡已经停用', en: 'the card was no longer valid' },
  'redemption.absent': { zh: '没有刷卡', en: 'no card was shown' },
  'redemption.pin_needed': { zh: '没核对密码', en: 'the PIN was not checked' },
  'redemption.vouched_over': {
    zh: '两人认出超过了一月的限额',
    en: 'over the month’s amount that two people may vouch for',
  },
  'redemption.partly_returned': { zh: '撤销时已经退过一部分货', en: 'undone after a part was returned' },
  'redemption.card_needed': { zh: '退货没有刷卡', en: 'returned without the card' },
  'redemption.return_late': { zh: '退的不是当天兑换的', en: 'returned after the day of the slip' },
  'redemption.returned': {
    zh: '退的比账上剩下的多，只记了剩下的',
    en: 'more came back than was left by the book: only what was left is booked',
  },
  'redemption.undone': {
    zh: '那一笔已经撤销，退货没有再记',
    en: 'the redemption was undone: its return is not booked again',
  },
  'redemption.nothing_returned': {
    zh: '不要积分也不记库存，退货没有账可记',
    en: 'it cost no points and was not counted: nothing of its return is booked',
  },
  'redemption.second_needed': {
    zh: '新卡新密码，没有第二个人',
    en: 'card or PIN was new, without a second volunteer',
  },
  'redemption.own_household': { zh: '发给了志愿者自己家', en: 'handed to the volunteer’s own household' },
  'household.closed': { zh: '这户已销户', en: 'the household was closed' },
  'goods.disabled': { zh: '商品已停兑', en: 'an item was no longer handed out' },
  'goods.limit': { zh: '超过了每月限量', en: 'over an item’s monthly limit' },
  'goods.price_changed': { zh: '价格已经改过', en: 'a price had changed' },
  'ledger.points_short': { zh: '积分不够', en: 'not enough points' },
  'ledger.stock_short': { zh: '账上货不够', en: 'not enough on the shelf by the book' },
  'village.not_open': { zh: '还没开账', en: 'the books were not open' },
  'kiosk.shift_over': { zh: '当班已经结束', en: 'the shift was over' },
  'kiosk.revoked': { zh: '兑换台已停用', en: 'the kiosk was locked out' },
  'redemption.undo_late': { zh: '撤销晚了', en: 'undone too late' },
  'redemption.total': { zh: '合计和各样相加不符', en: 'the total is not the sum of its lines' },
  'outbox.given_up': {
    zh: '账已经记了，柜台说没有给',
    en: 'booked, though the counter says that nothing was handed out',
  },
  'outbox.old_key': {
    zh: '设备的公钥已经作废：兑换台停用了，或者后来重新配过对',
    en: 'the device’s key had ended: the kiosk was locked out or paired anew',
  },
  'outbox.clock': { zh: '设备的钟不对', en: 'the device’s clock was wrong' },
  'outbox.chain': { zh: '和前一行接不上', en: 'does not follow from the row before' },
  'outbox.restored': { zh: '恢复备份后补回来的', en: 'brought back after a restored backup' },
  'outbox.over_offline': { zh: '超过了没网时的限额', en: 'over the amount without network' },
  'outbox.own_shift': {
    zh: '当班是设备自己核对密码开始的',
    en: 'the shift was begun on the device’s word alone',
  },
  'outbox.own_card': { zh: '卡是设备自己认的', en: 'the card was recognised by the device alone' },
  'outbox.over_kiosk': {
    zh: '超过了一台兑换台没网时的总数',
    en: 'over what one kiosk may hand out without network',
  },
  'outbox.old_copy': { zh: '设备上的副本过期了', en: 'the device’s copy of the village was too old' },
  'outbox.undo_late': {
    zh: '撤销来晚了：那一笔早就入账了',
    en: 'the undo came when what it takes back had long been booked',
  },
  'outbox.month_over': { zh: '那个月已结，记在今天', en: 'its month was over, so it counts today' },
} as const satisfies Catalogue;

export type Mark = keyof typeof MARKS;

/**
 * Marks that say only that nobody but the device knows it. Rows that carry no other one are settled together, shift by shift.
 */
const SELF_TOLD: readonly string[] = [
  'outbox.own_shift',
  'outbox.own_card',
  'outbox.restored',
] satisfies readonly Mark[];

export function areSelfTold(marks: readonly string[]): boolean {
  return marks.length > 0 && marks.every((mark) => SELF_TOLD.includes(mark));
}

/** The marks that say more of an entry than that its device alone knows of it, in words. */
export function marksInWords(marks: readonly string[]): { readonly zh: string; readonly en: string }[] {
  return marks.flatMap((mark) => (isMark(mark) && !SELF_TOLD.includes(mark) ? [MARKS[mark]] : []));
}

/** Marks that come from what is known of the rows alone. The entry does not tell them. */
const OF_ROWS: readonly string[] = [
  ...(['outbox.chain', 'outbox.given_up', 'outbox.over_kiosk', 'outbox.old_copy'] as const),
] satisfies readonly Mark[];

export function isOfRows(mark: string): boolean {
  return OF_ROWS.includes(mark);
}

export function isMark(code: string): code is Mark {
  return Object.hasOwn(MARKS, code);
}

import type { ErrorWordsOf, Tags } from '../sentence.ts';
import { returnErrorWords } from './return-words.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'kiosk.pairing': {
    zh: {
      title: '配对码不对',
      detail: '配对码不对、过了时间，或者已经用过，没有配对。请在办公室电脑上重新取一个配对码。',
    },
    en: {
      title: 'Wrong pairing code',
      detail: 'The pairing code is wrong, too old or used; nothing was paired. Get a new one at the office.',
    },
  },
  'kiosk.not_found': {
    zh: { title: '没有这台兑换台', detail: '没有找到这台兑换台，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'No such kiosk',
      detail: 'This kiosk was not found; nothing was changed. Reload and look again.',
    },
  },
  'kiosk.revoked': {
    zh: { title: '此机已停用', detail: '这台兑换台已被停用，没有办理，积分没有变动。请找村委重新配对。' },
    en: {
      title: 'Kiosk locked out',
      detail:
        'This kiosk has been locked out; nothing was done, no points moved. Ask the committee to pair it again.',
    },
  },
  'kiosk.shift_over': {
    zh: {
      title: '当班已结束',
      detail: '当班已结束，没有办理，积分没有变动。请重新输入密码上班。',
      variants: {
        idle: '半小时没有人用，当班已结束，没有办理，积分没有变动。请重新输入密码上班。',
        unconfirmed:
          '您还没有确认，当班已结束，没有办理，积分没有变动。请审核人在办公室的“兑换台与志愿者”页确认您，再上班。',
      },
    },
    en: {
      title: 'Shift over',
      detail: 'The shift has ended; nothing was done, no points moved. Sign in again with the PIN.',
      variants: {
        idle: 'Nobody used the kiosk for half an hour, so the shift has ended; nothing was done, no points moved. Sign in again with the PIN.',
        unconfirmed:
          'You are not confirmed, so the shift has ended; nothing was done, no points moved. Have an approver confirm you on the office’s page “Kiosks”, then sign in.',
      },
    },
  },
  'kiosk.looked_often': {
    zh: {
      title: '查得太多',
      detail:
        '不久前按户号或姓名查了太多户，这一次没有查，积分没有变动。请扫积分卡，或者[过{seconds:wait}]再查。',
    },
    en: {
      title: 'Too many look-ups',
      detail:
        'Too many households were looked up by number or name; this one was not, and no points moved. Scan a card, or try again[ in {seconds:wait}].',
    },
  },
  'volunteer.not_found': {
    zh: { title: '没有这位志愿者', detail: '没有找到这位志愿者，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'No such volunteer',
      detail: 'This volunteer was not found; nothing was changed. Reload and look again.',
    },
  },
  'volunteer.name_taken': {
    zh: { title: '姓名已有', detail: '已经有同名的志愿者，没有保存。请在姓名后加字区分。' },
    en: {
      title: 'Name taken',
      detail:
        'There is a volunteer of this name already; nothing was saved. Add something to tell them apart.',
    },
  },
  'volunteer.nothing_to_confirm': {
    zh: { title: '不用确认', detail: '这位志愿者已经确认过或者停用了，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'Nothing to confirm',
      detail: 'This volunteer is confirmed already, or disabled; nothing was changed. Reload and look again.',
    },
  },
  'kiosk.nothing_new': {
    zh: {
      title: '没有新卡、新密码',
      detail: '这户没有 24 小时以内新给的卡或密码，或者已经同意过马上能用；现在就能用，什么都没有改动。',
    },
    en: {
      title: 'Nothing is new',
      detail:
        'This household has no card or PIN of the last 24 hours, or it was agreed already: it can be used now. Nothing was changed.',
    },
  },
  'volunteer.confirm_own': {
    zh: {
      title: '要由另一位确认',
      detail:
        '什么都没有改动：自己添加或改动的志愿者，要由另一位已确认的审核人来确认。没有另一位的话，请管理员给这位志愿者换密码，再由您确认。',
    },
    en: {
      title: 'Somebody else confirms it',
      detail:
        'Nothing was changed: a volunteer whom you added or changed is confirmed by another confirmed approver. If there is none, have an administrator give this volunteer a new PIN; then you may confirm.',
    },
  },
  'volunteer.same_pin': {
    zh: {
      title: '和原来的一样',
      detail: '新密码和原来的一样，可能有别人知道，没有确认，什么都没有改动。请另想 6 个数字。',
    },
    en: {
      title: 'The same as before',
      detail:
        'The new PIN is the one until now, which somebody else may know; nothing was confirmed. Choose six other digits.',
    },
  },
  'volunteer.unconfirmed': {
    zh: {
      title: '这位志愿者还没有确认',
      detail:
        '没有办理，积分没有变动：这位志愿者的密码可能有别人知道，不能作证。请换一位，或请审核人先确认这位志愿者。',
      variants: {
        signIn:
          '密码对，但可能有别人知道，还不能上班，积分没有变动。请审核人在办公室的“兑换台与志愿者”页确认您，您当面换一个自己的密码。',
      },
    },
    en: {
      title: 'This volunteer is not confirmed yet',
      detail:
        'Nothing was done, no points moved: somebody else may know this volunteer’s PIN. Ask another volunteer, or have an approver confirm this one.',
      variants: {
        signIn:
          'The PIN is right, but somebody else may know it, so the shift did not begin; no points moved. Have an approver confirm you on the office’s page “Kiosks”: there you choose a PIN that only you know.',
      },
    },
  },
  'redemption.not_found': {
    zh: {
      title: '没有这笔兑换',
      detail: '没有找到这笔兑换，积分没有变动。请刷新后再看。',
      variants: { slip: '没有这个凭证号的兑换，积分没有变动。请核对小票上的凭证号。' },
    },
    en: {
      title: 'No such redemption',
      detail: 'This redemption was not found; no points moved. Reload and look again.',
      variants: { slip: 'No redemption has this number; no points moved. Check the number on the slip.' },
    },
  },
  'redemption.own_household': {
    zh: {
      title: '请另一位志愿者来办',
      detail: '没有办理，积分没有变动：这是您自己家或亲属家，请另一位志愿者来办。',
      variants: { voucher: '没有办理，积分没有变动：这是这位志愿者自己家或亲属家。请换一位来作证。' },
    },
    en: {
      title: 'Another volunteer has to do this',
      detail:
        'Nothing was done, no points moved: this is your own household or a relative’s. Ask another volunteer to do it.',
      variants: {
        voucher:
          'Nothing was done, no points moved: it is this volunteer’s own household or a relative’s. Ask another volunteer to vouch.',
      },
    },
  },
  'redemption.absent': {
    zh: {
      title: '请再扫一次卡',
      detail: '没有扣分：这户没有在这里刷卡，或者刷卡已经过了时间。请再扫一次卡。',
    },
    en: {
      title: 'Scan the card again',
      detail:
        'No points were taken: the household has not shown its card here, or did so too long ago. Scan the card again.',
    },
  },
  'redemption.pin_needed': {
    zh: {
      title: '要输这户的密码',
      detail:
        '没有扣分：[这户今天已经兑了 {before:points} 分，][一天兑换超过 {above:points} 分，]要这户自己输密码才能办。请让户主输密码，或拿掉几件。',
      variants: {
        number: '没有扣分：没有刷卡，要这户自己输密码才能办。请让户主输密码，或扫这户的卡。',
        vouch: '没有扣分：这户没有刷卡，也没有密码。请扫这户的卡，或请两位已确认的志愿者各输自己的密码来认。',
      },
    },
    en: {
      title: 'The household’s PIN is needed',
      detail:
        'No points were taken: [it has redeemed {before:points} points today, and ][for more than {above:points} points in a day ]the household has to type its PIN. Let them type it, or take something out.',
      variants: {
        number:
          'No points were taken: without its card the household has to type its PIN. Let them type it, or scan the card.',
        vouch:
          'No points were taken: the household showed no card and has no PIN. Scan its card, or let two confirmed volunteers vouch for it, each with their own PIN.',
      },
    },
  },
  'redemption.vouched_over': {
    zh: {
      title: '这个月能认的分不够了',
      detail:
        '没有扣分：没有卡也没有密码的，由两人认出来兑换的，[一个月最多 {most:points} 分，][这个月已经兑了 {before:points} 分，][这一篮要 {points:points} 分，]超过了。请拿掉几件，或到村委补卡。',
    },
    en: {
      title: 'More than may be vouched for this month',
      detail:
        'No points were taken: this is more than may be vouched for without card and PIN in a month[; the most is {most:points} points][, {before:points} have been redeemed][, this basket costs {points:points}]. Take something out, or get a new card at the office.',
    },
  },
  'redemption.second_needed': {
    zh: {
      title: '要另一位志愿者也输密码',
      detail:
        '没有扣分：这户的密码是[{ago:wait}前]新给的，24 小时以内，要另一位已确认的志愿者也输自己的密码。请叫一位来，或请村委在农户页提交、审核人同意，或[过{left:wait}]再兑。',
      variants: {
        card: '没有扣分：这户的卡是[{ago:wait}前]新发的，24 小时以内，要另一位已确认的志愿者也输自己的密码。请叫一位来，或请村委在农户页提交、审核人同意，或[过{left:wait}]再兑。',
      },
    },
    en: {
      title: 'Another volunteer’s PIN is needed',
      detail:
        'No points were taken: the household got a new PIN[ {ago:wait} ago], and for 24 hours another confirmed volunteer types a PIN too. Ask one to come, have the committee hand it in and an approver agree, or come again[ in {left:wait}].',
      variants: {
        card: 'No points were taken: the household got a new card[ {ago:wait} ago], and for 24 hours another confirmed volunteer types a PIN too. Ask one to come, have the committee hand it in and an approver agree, or come again[ in {left:wait}].',
      },
    },
  },
  'redemption.empty': {
    zh: {
      title: '没有可记的账',
      detail: '没有扣分：篮子里的东西不要积分，也不记库存，没有可记的账。借用的工具请先入库登记。',
    },
    en: {
      title: 'Nothing to book',
      detail:
        'No points were taken: nothing in the basket costs points or is counted on the shelf. Take tools to be lent into stock first.',
    },
  },
  'redemption.undo_late': {
    zh: { title: '过了撤销时间', detail: '已经过了可以撤销的时间，积分没有变动。请找村委冲正。' },
    en: {
      title: 'Too late to undo',
      detail: 'The time for undoing has passed; no points moved. Ask the committee to reverse it.',
    },
  },
  'redemption.undone': {
    zh: { title: '已经撤销', detail: '这笔兑换已经撤销过，积分没有再动。' },
    en: { title: 'Already undone', detail: 'This redemption was undone before; no points moved again.' },
  },
  'shift_count.changed': {
    zh: {
      title: '上一班的数变了',
      detail: '没有记下：上一班交来的数刚刚变了，或者上一班没有数。请重新看一眼再接班，库存和积分没有变动。',
    },
    en: {
      title: 'The counts of the shift before changed',
      detail:
        'Nothing was kept: the shift before has left other counts meanwhile, or none. Look again before you take over; no stock moved.',
    },
  },
  'shift_count.answered': {
    zh: {
      title: '已经接过班了',
      detail: '这一班已经核对过上一班交来的货，没有再记一次，库存和积分没有变动。',
    },
    en: {
      title: 'Taken over already',
      detail:
        'This shift has checked what the shift before left; it was not kept again; no points moved, and no stock.',
    },
  },
  ...returnErrorWords,
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  kiosks: { zh: '在办公室添加、配对和停用兑换台。', en: 'Adding, pairing and locking kiosks from the desk.' },
  volunteers: { zh: '在兑换台当班的人和他们的密码。', en: 'Who serves at the kiosks, and their PINs.' },
  shifts: {
    zh: '每天的日结单，和交接班时数出来、等盘点的差数。',
    en: 'The sheet of each day, and differences that shifts counted and that wait for a stocktake.',
  },
  redemptions: {
    zh: '以前的兑换，过了当天由两个人退货。',
    en: 'Earlier redemptions, and taking goods back after their day by two people.',
  },
  kiosk: {
    zh: '配对后的设备和当班志愿者：查户、兑换、撤销自己的一笔、当天退货，别的都不行。',
    en: 'A paired device with its volunteer: look up, redeem, undo its own, take back on the same day, and no more.',
  },
} as const satisfies Tags;

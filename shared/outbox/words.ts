import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'outbox.unknown': {
    zh: {
      title: '不认识这台设备',
      detail:
        '这个村没有登记过这台设备的公钥。这一行没有记账，积分没有动。请重新配对，或者拿设备的文件到办公室。',
    },
    en: {
      title: 'Unknown device',
      detail:
        'This village has not registered the key of this device. The row was not booked and no points moved. Pair it again, or bring its file to the office.',
    },
  },
  'outbox.key': {
    zh: {
      title: '公钥不对',
      detail: '设备送来的公钥不能用，没有登记，什么都没有改动。请更新浏览器后再试。',
    },
    en: {
      title: 'The key cannot be used',
      detail:
        'The key that the device sent cannot be used. It was not registered and nothing was changed. Update the browser and try again.',
    },
  },
  'outbox.signature': {
    zh: {
      title: '签名不对',
      detail: '这一行的签名和设备的公钥对不上，可能被改过。没有记账，积分没有动。请把设备留着，告诉管理员。',
    },
    en: {
      title: 'The signature is wrong',
      detail:
        'The signature of this row does not fit the key of its device: it may have been changed. It was not booked and no points moved. Keep the device and tell an administrator.',
    },
  },
  'outbox.unsigned': {
    zh: {
      title: '没有签名的行',
      detail: '没有签名的行只能由那台兑换台自己在联网时送来。没有记账，积分没有动。',
    },
    en: {
      title: 'A row without a signature',
      detail:
        'A row without a signature counts only if its own kiosk sends it while it is connected. It was not booked and no points moved.',
    },
  },
  'outbox.not_ours': {
    zh: {
      title: '当班不属于这台设备',
      detail: '这一行写的当班不是这台设备上的。没有记账，积分没有动。',
    },
    en: {
      title: 'Not a shift of this device',
      detail: 'The shift that this row names was not on this device. It was not booked and no points moved.',
    },
  },
  'outbox.body': {
    zh: {
      title: '看不懂这一行',
      detail: '这一行的内容缺项或者不认识。没有记账，积分没有动。请更新程序，行还留在设备上。',
    },
    en: {
      title: 'The row cannot be read',
      detail:
        'Something is missing in this row, or of a kind that is not known. It was not booked and no points moved. Update the program: the row stays on the device.',
    },
  },
  'outbox.other_row': {
    zh: {
      title: '同一个编号送来了另一行',
      detail: '这台设备用同一个编号送来过内容不同的一行。没有再记账，积分没有动。请告诉管理员。',
    },
    en: {
      title: 'Another row under the same key',
      detail:
        'This device has sent a row of other content under the same key. It was not booked again and no points moved. Tell an administrator.',
    },
  },
  'outbox.not_found': {
    zh: { title: '没有这一行', detail: '没有找到这一行，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'No such row',
      detail: 'This row was not found. Nothing was changed. Refresh and look again.',
    },
  },
  'outbox.settled': {
    zh: { title: '已经处理过了', detail: '这一行已经有人处理过了，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'Settled already',
      detail: 'Somebody has settled this row already. Nothing was changed. Refresh and look again.',
    },
  },
  'outbox.switched_off': {
    zh: {
      title: '本村没有开没网兑换',
      detail: '本村没有设没网时一户一天最多兑多少，没网时发出的还没有入账，积分没有动。设好以后会自动入账。',
    },
    en: {
      title: 'Handing out without network is off',
      detail:
        'This village has set no amount for handing out without network. It is not booked yet and no points moved; it is once an amount is set.',
    },
  },
  'outbox.unconfirmed': {
    zh: {
      title: '这台设备还等办公室确认',
      detail:
        '设备换了新公钥，没网时发出的先留在设备上，没有入账，积分没有动。请到电脑上“没网时发出的”那一页核对公钥后确认，确认后会自动入账。',
    },
    en: {
      title: 'The desk has not confirmed this device',
      detail:
        'The device has a new key. What it handed out without network stays on it: it is not booked and no points moved. Compare the key at the desk under “Handed out without network” and confirm it; then it is booked by itself.',
    },
  },
  'outbox.confirmed': {
    zh: { title: '已经确认过了', detail: '这台设备的公钥已经确认过了，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'Confirmed already',
      detail: 'The key of this device is confirmed already. Nothing was changed. Refresh and look again.',
    },
  },
  'outbox.keys_waiting': {
    zh: {
      title: '等确认的公钥太多了',
      detail:
        '这台兑换台短时间里登记了太多新公钥，这一个没有登记，什么都没有改动。请先请办公室确认或销掉以前的。',
    },
    en: {
      title: 'Too many keys wait',
      detail:
        'This kiosk has registered too many new keys that nobody confirmed. This one was not registered and nothing was changed. Have the desk confirm or write off the others first.',
    },
  },
  'outbox.declined_often': {
    zh: {
      title: '今天没办成的太多了',
      detail:
        '这台设备一天里没办成的兑换太多，先不再受理，没有记账，积分没有动。请找管理员看看这台设备，过一天再试。',
    },
    en: {
      title: 'Too many were declined today',
      detail:
        'Too many requests of this device were declined within a day, so this one waits. It was not booked and no points moved. Have an administrator look at the device, and try again in a day.',
    },
  },
  'outbox.settle_moved': {
    zh: {
      title: '这一班的单子变了',
      detail: '有的已经处理过，有的要单独处理，什么都没有改动。请刷新后再看。',
    },
    en: {
      title: 'The list of this shift has changed',
      detail:
        'Some of it is settled already, or has to be settled by itself. Nothing was changed. Refresh and look again.',
    },
  },
  'outbox.given_up': {
    zh: {
      title: '这一笔没有给',
      detail: '柜台说这一笔没有办，东西没有给。没有记账，积分没有动。',
    },
    en: {
      title: 'It was given up',
      detail:
        'The counter says that this was given up and nothing was handed out. It was not booked and no points moved.',
    },
  },
  'outbox.superseded': {
    zh: {
      title: '这一笔没有办成',
      detail: '它要撤销或者退货的那一笔没有记账，所以没有什么可退回的。积分没有动。',
    },
    en: {
      title: 'There is nothing to take back',
      detail: 'The redemption that it takes back was never booked. No points moved.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  outbox: {
    zh: '发件箱：设备没网时做的事，按行签名，谁送来都一样，一行只记一次。',
    en: 'The outbox: what devices did without network, row by row, each signed. It does not matter who brings a row: it is booked once.',
  },
} as const satisfies Tags;

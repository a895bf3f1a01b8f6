import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'printer.unusable_address': {
    zh: {
      title: '这个地址不能用',
      detail:
        '没有打印，什么都没有改动。小票机的地址要写村里自己网络的数字，以 192.168、10、172.16 到 172.31 开头，例如 192.168.1.50；端口是 9100 到 9109。小票机按住走纸键开机，会打出自己的地址。',
    },
    en: {
      title: 'This address cannot be used',
      detail:
        'Nothing was printed or changed. Write numbers of the village’s own network, beginning with 192.168, 10 or 172.16 to 172.31, such as 192.168.1.50, and a port from 9100 to 9109. Most printers print their address when switched on with the feed key held.',
    },
  },
  'printer.none': {
    zh: {
      title: '没有设小票机',
      detail: '没有打印，积分没有变动。请用浏览器打印，或者请村委在办公室电脑“兑换台与志愿者”里设置小票机。',
    },
    en: {
      title: 'No printer is set',
      detail: 'Nothing was printed. Print by the browser, or have the office set the printer.',
    },
  },
  'printer.unreachable': {
    zh: {
      title: '连不上小票机',
      detail: '没有打印，积分没有变动。请看小票机开了没有、网线插好没有，再打一次，或者用浏览器打印。',
    },
    en: {
      title: 'The printer cannot be reached',
      detail:
        'Nothing was printed; no points moved. See that the printer is on and its cable is in, then print again or by the browser.',
    },
  },
  'printer.broken_off': {
    zh: {
      title: '打到一半断了',
      detail: '小票可能没有打全，积分没有变动。请看看打出来的纸，不全就再打一次，或者用浏览器打印。',
    },
    en: {
      title: 'The printer broke off',
      detail:
        'The slip may not be whole; no points moved. Look at the paper; if it is not whole, print again or by the browser.',
    },
  },
  'printer.stuck': {
    zh: {
      title: '小票机不动了',
      detail: '小票可能没有打全，积分没有变动。请看看纸用完没有、盖子合好没有，再打一次，或者用浏览器打印。',
    },
    en: {
      title: 'The printer does not go on',
      detail:
        'The slip may not be whole; no points moved. See whether paper is in and the lid is closed, then print again or by the browser.',
    },
  },
  'printer.no_paper': {
    zh: {
      title: '小票机没纸了',
      detail: '小票没有打全，积分没有变动。请换纸、合好盖子，再打一次，或者用浏览器打印。',
    },
    en: {
      title: 'The printer is out of paper',
      detail:
        'The slip did not come out whole; no points moved. Put in a roll and close the lid, then print again or by the browser.',
    },
  },
  'printer.busy': {
    zh: {
      title: '小票机正忙',
      detail: '前面还有小票在打，这一张没有打，积分没有变动。请等一会儿再打一次，或者用浏览器打印。',
    },
    en: {
      title: 'The printer is busy',
      detail:
        'Other slips are before this one, which was not printed; no points moved. Print again in a moment, or by the browser.',
    },
  },
  'printer.under_way': {
    zh: {
      title: '这一张已经送去打印',
      detail: '没有再打一张，积分没有变动。请先看小票机；没有打出来，再打一次。',
    },
    en: {
      title: 'Already sent to the printer',
      detail:
        'It was not sent again; no points moved. Look at the printer first; if nothing came out, print again.',
    },
  },
  'printer.statement_over': {
    zh: {
      title: '时间过了',
      detail: '没有打印，积分没有变动。为了不让别人看到，请这一户再刷一次卡，或再输一次户号和密码。',
    },
    en: {
      title: 'Too late',
      detail:
        'Nothing was printed. So that nobody else sees it, the household shows its card or types number and PIN again.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  printers: {
    zh: '超市的网络小票机：一个村一台，只能在村里自己的网络上。',
    en: 'The shop’s printer on the network: one for a village, on its own network only.',
  },
} as const satisfies Tags;

import { ENTRY_KIND_LABELS, type EntryKind } from '../ledger/entry-kinds.ts';
import type { PhoneSystem } from '../me/phones.ts';
import type { ProposalState } from '../proposals/states.ts';

/** Words of the file about one household, readable in a browser or an editor. */
export const PERSONAL_FILE = {
  name: '农户资料',
  whatTitle: '这是什么',
  whatTitleInEnglish: 'What this is',
  leftOutTitle: '不在这里的',
  village: '村庄',
  exported: '导出时间',
  what: (household: string, village: string) =>
    `这是${village}积善积分系统里关于农户 ${household}的全部资料，只交给这一户。积分单位是分，时间是本村的时间。`,
  whatInEnglish:
    'All that the village’s points bank keeps about this one household. Points are in points, times are the village’s.',
  leftOut: [
    '密码、登录凭据：只存算不回去的指纹，不导出；卡号只写末四位。',
    '别户的资料：几户共用的照片、别户申报里的话，不在这里，可到村委查看。经办人的姓名与存折上一样，不写全。',
    '正在处理的导入文件和服务器为防重复记下的答复：里面有别户，到期自动清除。',
    '备份里的旧资料：备份到期才会清掉。纸上的不在这里。',
  ],
} as const;

/** Names of the file's parts and of what stands in them. */
export const PERSONAL_WORDS = {
  yes: '是',
  no: '否',
  unasked: '没有问过',
  goneTo: '转给了另一户（见存折）',
  erasedText: '（文字已应要求删除）',
  sharedPhoto: '别户的申报也用这张照片，不附在这里',
  largePhoto: '照片太多，这张没有附上，可到村委索取',
  wechat: '微信',
  by: { card: '手机，扫卡', number: '手机，输户号', counter: '超市柜台' },
} as const;

export const PERSONAL_STATES: Readonly<Record<ProposalState, string>> = {
  proposed: '等审核',
  returned: '退回',
  laid_aside: '退回，不再报',
  withdrawn: '撤回',
  on_notice: '已批准，在公示',
  contested: '公示中有异议，在复核',
  posted: '已入账',
};

/** Two kinds of entry have plainer names here than in the books. */
const PLAINER: Readonly<Partial<Record<EntryKind, string>>> = { opening: '期初余额', closing: '销户' };

export function personalEntryName(kind: EntryKind): string {
  return PLAINER[kind] ?? ENTRY_KIND_LABELS[kind].zh;
}

export const PERSONAL_DEVICES: Readonly<Record<PhoneSystem, string>> = {
  android: '安卓手机',
  harmony: '鸿蒙手机',
  iphone: '苹果手机',
  ipad: '苹果平板',
  windows: 'Windows 电脑',
  mac: '苹果电脑',
  linux: 'Linux 电脑',
  other: '别的设备',
};

import { sayBeside, type SayParams } from '../shared/sentence.ts';

/** Words that the server prints when it starts. Both languages stand beside each other. */
const BANNER = {
  first_visit: {
    zh: '第一次使用：打开下面的地址，建立村庄',
    en: 'First visit: set up your village at one of these',
  },
  public_address: { zh: '对外网址', en: 'Public address' },
  this_computer: { zh: '本机', en: 'This computer' },
  same_network: { zh: '同一网络', en: 'Same network' },
  tablet: {
    zh: '平板、手机打开上面“同一网络”或“对外网址”的地址，不是 localhost',
    en: 'On tablets and phones open the address of the network above, not localhost',
  },
  chosen_address: { zh: '村里选定的地址', en: "The village's address" },
  moved: {
    zh: '注意：{village}选定的地址 {was} 这台电脑已经没有了。请到工作台的“谁能连上”处理',
    en: 'Note: this computer no longer has the address {was} that {village} chose. See “Who reaches this server” on the desk',
  },
  stop: { zh: '按 Ctrl-C 停止', en: 'Ctrl-C stops the server' },
  pairing: { zh: '兑换台配对码', en: 'Kiosk pairing code' },
  volunteer: { zh: '志愿者', en: 'Volunteer' },
  households: { zh: '农户：户号、卡号、密码', en: 'Households: number, card, PIN' },
  log_ins: { zh: '演示村的账号（也在 {file}）', en: "The demo's log-ins (also in that file)" },
  backing_up: {
    zh: '新版本要改数据库，先备份并核对',
    en: 'The new version changes the database: backing up and verifying first …',
  },
  backed_up: { zh: '已备份', en: 'Backed up' },
  demo_there: { zh: '已经有村庄，不再载入演示村', en: 'There is a village already: the demo was not loaded' },
  demo_loading: {
    zh: '正在载入演示村：半年的加分和兑换',
    en: 'Loading the demo village: half a year of awards and redemptions …',
  },
} as const;

export function banner(code: keyof typeof BANNER, params: SayParams = {}): string {
  return sayBeside(BANNER, code, params);
}

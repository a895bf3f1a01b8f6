import type { EndpointId } from '../../../shared/contract/endpoints.ts';

/** What each operation does, in Chinese; the contract says it in English. A test keeps the list complete. */
export const summaries: Readonly<Partial<Record<EndpointId, string>>> = {
  'setup.status': '第一个账号是否还没有建立',
  'setup.create': '建立村庄和第一个账号',
  'setup.demo': '改为载入演示村',

  'session.login': '工作人员登录',
  'session.refresh': '用 Cookie 换一个新的访问令牌',
  'session.logout': '退出这次登录',
  'session.me': '这个令牌是谁的',
  'session.changePassword': '改自己的密码；其他登录随之结束',

  'village.get': '本村和它的设置',
  'village.update': '修改名称或设置',
  'village.summary': '什么在等我办，村里情况如何',

  'staff.list': '村里的工作人员',
  'staff.create': '添加工作人员；答复一次性密码',
  'staff.update': '修改姓名、角色、申报的农户，或停用',
  'staff.resetPassword': '发新的一次性密码；此人的登录全部结束',

  'households.list': '按户号、姓名或拼音首字母找农户',
  'households.groups': '村民小组和各组户数',
  'households.create': '添加农户；同时得到账户和卡片',
  'households.get': '一户',
  'households.update': '更正农户资料',
  'households.passbook': '这一户的存折，最新的在前',
  'households.balanceOn': '某一天结束时的余额',
  'households.issueCard': '发卡；旧卡随即作废',
  'households.revokeCard': '停用卡片，不发新卡',
  'households.resetPin': '给农户新的 PIN，只显示一次；手机登录随之结束',

  'imports.read': '上传一份资料，看读出了什么；不写入村里',
  'imports.get': '一次进行中的导入',
  'imports.correct': '手工指定工作表、表头行、列或取舍，再看一次',
  'imports.commit': '把读出的写进去：全部，或一点不写',

  'rules.list': '现行积分细则',
  'rules.create': '添加一条细则',
  'rules.update': '修改细则：增加一个版本，旧账保留旧版本',
  'rules.versions': '一条细则有过的每种写法',

  'proposals.list': '申报，最新的在前',
  'proposals.get': '一条申报和它的经过',
  'proposals.create': '为一户或多户申报一件事',
  'proposals.createReversal': '申报冲正一笔账',
  'proposals.decide': '批准、退回、撤回或重新提交；要么全部，要么都不',

  'goods.list': '商品和库存',
  'goods.create': '添加商品',
  'goods.update': '修改商品',
  'goods.stockIn': '进货：购买或捐赠，连同成本',
  'goods.stocktake': '盘点：把库存改成实际数到的',

  'kiosks.list': '商店的兑换台',
  'kiosks.create': '添加兑换台；答复要在上面输入的配对码',
  'kiosks.newCode': '给清空或更换的兑换台新的配对码；旧令牌失效',
  'kiosks.revoke': '立即锁定一台兑换台',
  'volunteers.list': '商店志愿者',
  'volunteers.create': '添加志愿者；PIN 只答复一次',
  'volunteers.update': '停用、启用，或给新的 PIN',

  'ledger.entries': '流水，最新的在前',
  'ledger.entry': '一张凭证，连同分录和哈希',
  'ledger.trialBalance': '各类账户、各种单位的合计，现在的或某一天的',
  'ledger.verify': '重算整本账：合计、余额、编号、哈希',
  'ledger.lastVerification': '上一次核验（如果有）',
  'ledger.export': '整本账，给别的程序用',

  'kiosk.pair': '用配对码换这台设备的令牌',
  'kiosk.state': '这台兑换台、所在的村、谁可以当班、谁在当班',
  'kiosk.signIn': '用 PIN 开始当班；答复当班令牌',
  'kiosk.signOut': '下班',
  'kiosk.goods': '可以兑换的商品',
  'kiosk.lookup': '按卡片或户号查一户；必须完全一致',
  'kiosk.redeem': '兑换一篮商品：积分、商品和成本一起动，或都不动',
  'kiosk.undo': '撤销这台兑换台的一笔兑换，五分钟内且在下一笔之前',
  'kiosk.recent': '这台兑换台最近的兑换',

  'me.login': '用卡片或户号加 PIN 打开自家账户',
  'me.logout': '忘记这部手机',
  'me.view': '余额和最近几笔',
  'me.passbook': '更早的几笔',
  'me.goods': '商店有什么，余额换得起什么',

  'board.villages': '有公示屏的村',
  'board.view': '商店的商品和最近的好事，姓名打码',
};

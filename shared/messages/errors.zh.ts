import { bookFileErrors } from './errors.books.ts';
import { zhBackup } from './errors.backup.zh.ts';
import { zhHouseholds } from './errors.households.zh.ts';
import { zhPapers } from './errors.papers.zh.ts';
import { zhShop } from './errors.shop.zh.ts';
import type { ErrorSentences } from './sentence.ts';

/** 出了什么事、积分动没动、怎么办。[……] 里的话缺了数就不说。 */
export const zh: ErrorSentences = {
  // 请求本身
  'request.invalid': { title: '填写有误', detail: '有内容没填对，什么都没有改动。请按提示改好再提交。' },
  'request.not_json': {
    title: '数据格式不对',
    detail: '服务器看不懂发来的数据格式，什么都没有改动。请刷新页面再试。',
  },
  'request.too_large': {
    title: '内容太大',
    detail: '发来的内容太大[（最多 {limitKb} KB）]，没有收下，什么都没有改动。请减少内容再试。',
  },
  'request.not_found': {
    title: '没有这个地址',
    detail: '没有这个页面或接口，什么都没有改动。请回到首页重新进入。',
  },
  'request.method': {
    title: '不能这样访问',
    detail: '这个接口不能这样访问，什么都没有改动。请刷新页面再试。',
  },
  'request.slow': {
    title: '网络太慢',
    detail: '发来的内容过了很久还没有收全，这一次没有处理，积分没有变动。请到信号好的地方再试。',
  },
  'request.too_many': {
    title: '操作太快',
    detail: '短时间内请求太多，这一次没有处理，积分没有变动。请稍等[{seconds:wait}]再试。',
  },
  'idempotency.missing': {
    title: '缺少操作编号',
    detail: '这次提交没有带操作编号，没有处理，积分没有变动。请刷新页面再试。',
  },
  'idempotency.conflict': {
    title: '前一次其实已经记上了',
    detail: '这一次没有再记，积分没有再动。请先到记录里看一看前一次；如果还需要，再重新填写。',
  },

  // 谁在操作
  'auth.required': { title: '请先登录', detail: '还没有登录，什么都没有改动。请登录后再试。' },
  'auth.expired': {
    title: '登录已过期',
    detail: '登录已过期，这一次没有处理，积分没有变动。请重新登录后再试。',
  },
  'auth.wrong': {
    title: '不对，请再试',
    detail: '账号、密码或 PIN 不对[，还可以试 {left} 次]。什么都没有改动，请核对后再输。',
    variants: {
      account: '账号或密码不对[，还可以试 {left} 次]。什么都没有改动，请核对后再输。',
      password: '现在的密码不对[，还可以试 {left} 次]。什么都没有改动，请核对后再输。',
      number: '户号或 PIN 不对[，还可以试 {left} 次]。积分没有变动，请看看卡上的户号，再输一次。',
      card: 'PIN 和这张卡对不上[，还可以试 {left} 次]。积分没有变动，请再输一次，或到村委重设 PIN。',
      pin: 'PIN 不对[，还可以试 {left} 次]。积分没有变动，请再输一次。',
    },
  },
  'auth.locked': {
    title: '暂时锁定',
    detail: '输错次数太多，已暂时锁定，积分没有变动。请[过{seconds:wait}]再试，或请管理员重置。',
  },
  'auth.forbidden': {
    title: '没有权限',
    detail: '您的身份不能做这件事，什么都没有改动。需要的话请找管理员。',
  },
  'auth.weak_password': {
    title: '密码太简单',
    detail: '这个密码太容易猜，没有保存。请用至少 10 个字符，不要用账号名、连号或常见密码。',
  },
  'auth.session_ended': { title: '请重新登录', detail: '这次登录已经结束，什么都没有改动。请重新登录。' },
  'auth.refresh_race': {
    title: '请稍等再试',
    detail: '另一个页面刚刚续了登录，什么都没有改动。请过一两秒再试。',
  },
  'auth.must_change_password': {
    title: '请先改密码',
    detail: '您用的是一次性密码，要先改成自己的密码才能继续，什么都没有改动。',
  },

  // 开始使用
  'setup.done': { title: '已经设置过', detail: '这个系统已经设置好了，什么都没有改动。请直接登录。' },
  'setup.code': {
    title: '设置码不对',
    detail:
      '不在服务器本机上操作，需要启动时显示的设置码，什么都没有改动。请核对设置码，或在服务器那台电脑上打开。',
  },

  // 账本
  'ledger.malformed': {
    title: '凭证不合规矩',
    detail: '这笔账的内容不合规矩，没有入账，积分没有变动。请核对后再试。',
  },
  'ledger.unbalanced': {
    title: '借贷不平',
    detail: '这笔账借贷不平，没有入账，积分没有变动。请核对后再试。',
  },
  'ledger.no_book': { title: '没有账本', detail: '这个村还没有账本，没有入账，积分没有变动。请找管理员。' },
  'ledger.entry_not_found': {
    title: '没有这张凭证',
    detail: '账本里没有[第 {number} 号]这张凭证，积分没有变动。请核对编号。',
  },
  'ledger.already_reversed': {
    title: '已经冲正过',
    detail: '这张凭证[已由第 {by} 号凭证冲正，]不能再冲一次，积分没有再动。请查看流水。',
  },
  'ledger.not_reversible': { title: '不能冲正', detail: '这种凭证不能冲正，积分没有变动。请另做一笔更正。' },
  'ledger.hold_not_found': {
    title: '没有这笔冻结',
    detail: '没有找到这笔冻结的积分，积分没有变动。请刷新后再看。',
  },
  'ledger.hold_resolved': {
    title: '冻结已处理',
    detail: '这笔冻结的积分已经处理过，积分没有再动。请刷新后再看。',
  },
  'ledger.hold_exceeded': {
    title: '超出冻结数',
    detail: '要用的比冻结的积分多，没有入账，积分没有变动。请减少后再试。',
  },
  'ledger.points_short': {
    title: '积分不够',
    detail: '没有扣分：[还差 {missing:points} 分。]请拿掉一件，或换一样。',
  },
  'ledger.stock_short': {
    title: '库存不够',
    detail:
      '没有扣分：[“{name}”]库存不够[，货架上只有 {balance} 件，还差 {missing} 件]。请减少数量，或换一样。',
  },
  'ledger.floor': {
    title: '余额不够',
    detail: '没有入账，积分没有变动：有一个账户会低于允许的最低数。请减少数量后再试。',
  },
  'ledger.overflow': {
    title: '数目太大',
    detail: '没有入账，积分没有变动：数目超出了系统能记的范围。请核对数目。',
  },

  ...bookFileErrors.zh,

  // 村
  'notice.days': {
    title: '公示的日期不对',
    detail: '一张公示[最多 {most} 天，]最后一天不能早于第一天。什么都没有改动，请另选日期。',
  },
  'village.not_found': { title: '没有这个村', detail: '没有找到这个村，什么都没有改动。请核对地址。' },

  // 工作人员
  'staff.not_found': {
    title: '没有这位人员',
    detail: '没有找到这位工作人员，什么都没有改动。请刷新后再看。',
  },
  'staff.username_taken': {
    title: '账号名已有',
    detail: '这个账号名[“{username}”]已有人用，没有保存。请换一个。',
  },
  'staff.last_admin': {
    title: '最后一位管理员',
    detail: '至少要留一位管理员，没有保存。请先让另一位当管理员。',
  },
  'staff.own_households': {
    title: '申报过的户不能自己去掉',
    detail: '自己申报过的本户和亲属户，不能由本人去掉，没有保存。请另一位管理员来改。',
  },

  // 系统
  'server.busy': { title: '系统正忙', detail: '系统正忙，这一次没有办成，积分没有变动。请稍等几秒再试。' },
  'server.unknown_outcome': {
    title: '结果还不清楚',
    detail: '还不知道这一次办成没有，积分可能动了也可能没动。请用同一次操作再试一次，系统不会重复办理。',
  },
  'server.disk_full': {
    title: '磁盘满了',
    detail:
      '服务器的磁盘满了或写不进去[，只剩 {freeMb} MB][，至少要留 {needMb} MB]，这一次没有入账，积分没有变动。请管理员腾出地方，然后再试，不用重启。',
    variants: {
      download:
        '服务器的磁盘[只剩 {freeMb} MB，][至少要给账本留 {needMb} MB，]放不下这份要下载的文件，没有下载，账上没有改动。请管理员在服务器上腾出地方，再下载一次，不用重启。',
    },
  },
  'server.read_only': {
    title: '数据库写不进去',
    detail: '服务器的数据文件夹或数据库只能读，这一次没有入账，积分没有变动。请管理员检查权限，然后再试。',
  },
  'server.damaged': {
    title: '数据库文件损坏',
    detail: '服务器发现数据库文件损坏，已停止写入，这一次没有入账，积分没有变动。请管理员从备份恢复。',
  },
  'server.clock': {
    title: '服务器的时钟不对',
    detail:
      '服务器的时钟不对[：现在是 {now}，账上最后一笔却在 {last}]。这一次没有入账，积分没有变动。请管理员校正时钟后再试。',
  },
  'server.stopping': {
    title: '系统正在重启',
    detail: '系统正在重启，这一次没有办理，积分没有变动。请过一会儿再试。',
  },
  'server.restoring': {
    title: '正在恢复备份',
    detail: '管理员正在从备份恢复，这一次没有办理，积分没有变动。请过几分钟再试，可能要重新登录。',
  },
  'server.bug': {
    title: '系统出错',
    detail: '系统出了错，这一次没有办成，积分没有变动。请把编号告诉管理员。',
  },
  ...zhBackup,
  ...zhHouseholds,
  ...zhPapers,
  ...zhShop,
};

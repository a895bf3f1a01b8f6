import type { ErrorWordsOf } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'request.invalid': {
    zh: { title: '填写有误', detail: '有内容没填对，什么都没有改动。请按提示改好再提交。' },
    en: {
      title: 'Please check what you filled in',
      detail:
        'Some fields are not filled in correctly; nothing was changed. Correct the marked ones and send it again.',
    },
  },
  'request.not_json': {
    zh: { title: '数据格式不对', detail: '服务器看不懂发来的数据格式，什么都没有改动。请刷新页面再试。' },
    en: {
      title: 'Wrong kind of data',
      detail: 'The server cannot read this kind of data; nothing was changed. Reload the page and try again.',
    },
  },
  'request.too_large': {
    zh: {
      title: '内容太大',
      detail: '发来的内容太大[（最多 {limitKb} KB）]，没有收下，什么都没有改动。请减少内容再试。',
    },
    en: {
      title: 'Too large',
      detail:
        'What was sent is too large[ ({limitKb} KB at most)] and was not taken; nothing was changed. Send less.',
    },
  },
  'request.not_found': {
    zh: { title: '没有这个地址', detail: '没有这个页面或接口，什么都没有改动。请回到首页重新进入。' },
    en: {
      title: 'No such address',
      detail: 'There is no such page or interface; nothing was changed. Start again from the front page.',
    },
  },
  'request.method': {
    zh: { title: '不能这样访问', detail: '这个接口不能这样访问，什么都没有改动。请刷新页面再试。' },
    en: {
      title: 'Not allowed here',
      detail: 'This interface cannot be used that way; nothing was changed. Reload the page and try again.',
    },
  },
  'request.slow': {
    zh: {
      title: '网络太慢',
      detail: '发来的内容过了很久还没有收全，这一次没有处理，积分没有变动。请到信号好的地方再试。',
    },
    en: {
      title: 'The network is too slow',
      detail:
        'The network is too slow, and not everything arrived; nothing was done, no points moved. Try again where the signal is better.',
    },
  },
  'request.too_many': {
    zh: {
      title: '操作太快',
      detail: '短时间内请求太多，这一次没有处理，积分没有变动。请稍等[{seconds:wait}]再试。',
    },
    en: {
      title: 'Too fast',
      detail:
        'Too many requests in a short time; this one was not handled, no points moved. Wait[ {seconds:wait}] and try again.',
    },
  },
  'idempotency.missing': {
    zh: { title: '缺少操作编号', detail: '这次提交没有带操作编号，没有处理，积分没有变动。请刷新页面再试。' },
    en: {
      title: 'No operation key',
      detail:
        'The request carried no operation key and was not handled; no points moved. Reload the page and try again.',
    },
  },
  'idempotency.conflict': {
    zh: {
      title: '前一次其实已经记上了',
      detail: '这一次没有再记，积分没有再动。请先到记录里看一看前一次；如果还需要，再重新填写。',
    },
    en: {
      title: 'Already recorded',
      detail:
        'Nothing was recorded again, and no points moved again. Look at the records first; if it is still needed, fill it in anew.',
    },
  },
  'auth.required': {
    zh: { title: '请先登录', detail: '还没有登录，什么都没有改动。请登录后再试。' },
    en: {
      title: 'Please log in',
      detail: 'You are not logged in; nothing was changed. Log in and try again.',
    },
  },
  'auth.expired': {
    zh: { title: '登录已过期', detail: '登录已过期，这一次没有处理，积分没有变动。请重新登录后再试。' },
    en: {
      title: 'Log-in expired',
      detail: 'Your log-in has expired; this was not handled, no points moved. Log in and try again.',
    },
  },
  'auth.wrong': {
    zh: {
      title: '不对，请再试',
      detail: '账号或密码不对[，还可以试 {left} 次]。什么都没有改动，请核对后再输。',
      variants: {
        account: '账号或密码不对[，还可以试 {left} 次]。什么都没有改动，请核对后再输。',
        password: '现在的密码不对[，还可以试 {left} 次]。什么都没有改动，请核对后再输。',
        number:
          '户号或密码不对[，还可以试 {left} 次]。积分没有变动，请看看卡上的户号，再输一次；忘记了就到村委重设。',
        card: '密码和这张卡对不上[，还可以试 {left} 次]。积分没有变动，请再输一次，或到村委重设密码。',
        pin: '密码不对[，还可以试 {left} 次]。积分没有变动，请再输一次。',
      },
    },
    en: {
      title: 'Wrong name, password or PIN',
      detail:
        'The name, password or PIN is wrong[; {left} tries left]. Nothing was changed. Check it and try again.',
      variants: {
        account:
          'The account or the password is wrong[; {left} tries left]. Nothing was changed. Check both and try again.',
        password:
          'The present password is wrong[; {left} tries left]. Nothing was changed. Check it and try again.',
        number:
          'The household number or the password is wrong[; {left} tries left]. No points moved. Look at the number on the card and try again.',
        card: 'The password does not go with this card[; {left} tries left]. No points moved. Try again, or have a new one set at the village office.',
        pin: 'The PIN is wrong[; {left} tries left]. No points moved. Try again.',
      },
    },
  },
  'auth.locked': {
    zh: {
      title: '暂时锁定',
      detail: '输错次数太多，已暂时锁定，积分没有变动。请[过{seconds:wait}]再试，或到村委请管理员重设。',
    },
    en: {
      title: 'Locked for now',
      detail:
        'Too many wrong tries: locked for now, no points moved. Try again[ in {seconds:wait}], or ask at the village office for a reset.',
    },
  },
  'auth.forbidden': {
    zh: { title: '没有权限', detail: '您的身份不能做这件事，什么都没有改动。需要的话请找管理员。' },
    en: {
      title: 'Not permitted',
      detail: 'Your role may not do this; nothing was changed. Ask an administrator if you need it.',
    },
  },
  'auth.unconfirmed': {
    zh: {
      title: '您的账号等确认',
      detail:
        '新账号，或者刚改动过的账号，要由另一位审核人在“工作人员”里确认以后，才能申报、提交、导入、办卡、发密码。什么都没有改动。',
    },
    en: {
      title: 'Your account waits to be confirmed',
      detail:
        'A new account, or one that was just changed, proposes, hands in, imports and issues cards and PINs once another approver has confirmed it under Staff. Nothing was changed.',
    },
  },
  'auth.duties_split': {
    zh: {
      title: '要由另一个人来办',
      detail: '志愿者和收银台由您管，办卡和发密码就由另一位村委来办，一个人不能两样都管。什么都没有改动。',
    },
    en: {
      title: 'Somebody else does this',
      detail:
        'You manage volunteers and kiosks, so cards and PINs are issued by another committee member; nobody may do both. Nothing was changed.',
    },
  },
  'auth.weak_pin': {
    zh: {
      title: '这个密码太好猜',
      detail: '连号、重复的或对称的数字别人一猜就中，密码没有改，积分没有变动。请换 6 个没有规律的数字。',
    },
    en: {
      title: 'Too easy to guess',
      detail:
        'Runs, repeats and mirrored digits are guessed first, so the PIN was not changed and no points moved. Choose six digits without a pattern.',
    },
  },
  'auth.weak_password': {
    zh: {
      title: '密码太简单',
      detail: '这个密码太容易猜，没有保存。请用至少 10 个字符，不要用账号名、连号或常见密码。',
    },
    en: {
      title: 'Password too simple',
      detail:
        'This password is too easy to guess and was not saved. Use at least 10 characters: not the user name, a run of keys or a common password.',
    },
  },
  'auth.session_ended': {
    zh: { title: '请重新登录', detail: '这次登录已经结束，什么都没有改动。请重新登录。' },
    en: { title: 'Log in again', detail: 'This log-in has ended; nothing was changed. Please log in again.' },
  },
  'auth.must_change_password': {
    zh: { title: '请先改密码', detail: '您用的是一次性密码，要先改成自己的密码才能继续，什么都没有改动。' },
    en: {
      title: 'Change the password first',
      detail:
        'You are using a one-time password: change it to your own before going on. Nothing was changed.',
    },
  },
  'server.busy': {
    zh: { title: '系统正忙', detail: '系统正忙，这一次没有办成，积分没有变动。请稍等几秒再试。' },
    en: {
      title: 'Busy',
      detail: 'The system is busy; this was not done, no points moved. Wait a few seconds and try again.',
    },
  },
  'server.unknown_outcome': {
    zh: {
      title: '结果还不清楚',
      detail: '还不知道这一次办成没有，积分可能动了也可能没动。请用同一次操作再试一次，系统不会重复办理。',
    },
    en: {
      title: 'Outcome not known yet',
      detail:
        'It is not known yet whether this was done; points may have moved or not. Try the same operation once more: it is never done twice.',
    },
  },
  'server.disk_full': {
    zh: {
      title: '磁盘满了',
      detail:
        '服务器的磁盘满了或写不进去[，只剩 {freeMb} MB][，至少要留 {needMb} MB]，这一次没有入账，积分没有变动。请管理员腾出地方，然后再试，不用重启。',
      variants: {
        download:
          '服务器的磁盘[只剩 {freeMb} MB，][至少要给账本留 {needMb} MB，]放不下这份要下载的文件，没有下载，账上没有改动。请管理员在服务器上腾出地方，再下载一次，不用重启。',
      },
    },
    en: {
      title: 'Disk full',
      detail:
        'The server’s disk is full or cannot be written[, {freeMb} MB are left][, {needMb} MB must stay free]; nothing was booked, no points moved. An administrator must make room; then try again, no restart is needed.',
      variants: {
        download:
          'The server’s disk has no room for the file you want to download[: {freeMb} MB are left][, and {needMb} MB must stay free for the books]. Nothing was downloaded, nothing was changed. An administrator must make room on the server; then download it again, no restart is needed.',
      },
    },
  },
  'server.read_only': {
    zh: {
      title: '数据库写不进去',
      detail: '服务器的数据文件夹或数据库只能读，这一次没有入账，积分没有变动。请管理员检查权限，然后再试。',
    },
    en: {
      title: 'The database cannot be written',
      detail:
        'The server’s data folder or database can only be read; nothing was booked, no points moved. An administrator must check its permissions; then try again.',
    },
  },
  'server.damaged': {
    zh: {
      title: '数据库文件损坏',
      detail: '服务器发现数据库文件损坏，已停止写入，这一次没有入账，积分没有变动。请管理员从备份恢复。',
    },
    en: {
      title: 'Database file damaged',
      detail:
        'The server found its database file damaged and writes no more; nothing was booked, no points moved. An administrator must restore a backup.',
    },
  },
  'server.clock': {
    zh: {
      title: '服务器的时钟不对',
      detail:
        '服务器的时钟不对[：现在是 {now}，账上最后一笔却在 {last}]。这一次没有入账，积分没有变动。请管理员校正时钟后再试。',
    },
    en: {
      title: 'The server’s clock is wrong',
      detail:
        'The server’s clock is wrong[: it says {now}, but the book’s last entry was booked at {last}]. Nothing was booked, no points moved. An administrator must set the clock; then try again.',
    },
  },
  'server.stopping': {
    zh: { title: '系统正在重启', detail: '系统正在重启，这一次没有办理，积分没有变动。请过一会儿再试。' },
    en: {
      title: 'Restarting',
      detail: 'The system is restarting; this was not handled, no points moved. Try again in a little while.',
    },
  },
  'server.restoring': {
    zh: {
      title: '正在恢复备份',
      detail: '管理员正在从备份恢复，这一次没有办理，积分没有变动。请过几分钟再试，可能要重新登录。',
    },
    en: {
      title: 'A backup is being restored',
      detail:
        'An administrator is restoring a backup; this was not handled, no points moved. Try again in a few minutes; you may have to log in again.',
    },
  },
  'server.bug': {
    zh: { title: '系统出错', detail: '系统出了错，这一次没有办成，积分没有变动。请把编号告诉管理员。' },
    en: {
      title: 'Something went wrong on our side',
      detail:
        'The system made an error; this was not done, no points moved. Tell an administrator the reference number.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

export const API_DESCRIPTION = {
  zh: '村里的积分银行。程序的 docs/api.zh-CN.md 是它的指南。',
  en: 'The points bank of a village. docs/api.md of the program is the guide to it.',
} as const;

/** Plain pages that the server itself writes. */
export const PAGE_WORDS = {
  'page.not_found': { zh: '没有这个页面', en: 'No such page' },
} as const;

/** The parts of the API in the order they are read, with a sentence each. */
export interface Room {
  readonly title: Readonly<Record<'zh' | 'en', string>>;
  readonly text: Readonly<Record<'zh' | 'en', string>>;
}

export const ROOMS: Readonly<Record<string, Room>> = {
  system: {
    title: { zh: '运行状态', en: 'How it runs' },
    text: {
      zh: '给监控和负载均衡用：活着与就绪分开回答，不含任何人的信息。',
      en: 'For watchdogs and load balancers: alive and ready are answered apart, with nothing about anybody.',
    },
  },
  setup: {
    title: { zh: '初次设置', en: 'Setting up' },
    text: {
      zh: '程序第一次启动后，建立村庄和第一个账号，或载入演示村。',
      en: 'After the first start: make the village and its first account, or load the demo village.',
    },
  },
  session: {
    title: { zh: '工作人员登录', en: 'Staff log-ins' },
    text: {
      zh: '用户名和密码换十分钟有效的令牌，用 Cookie 续期。',
      en: 'A user name and password for a token of ten minutes, renewed by a cookie.',
    },
  },
  village: {
    title: { zh: '村庄', en: 'The village' },
    text: { zh: '村庄的名称、设置和概况。', en: 'Its name, its settings, and how it stands.' },
  },
  staff: {
    title: { zh: '工作人员', en: 'Staff' },
    text: {
      zh: '谁在村里工作、担任什么角色、申报了哪些亲属户。',
      en: 'Who works for the village, in which roles, and which households are kin.',
    },
  },
  households: {
    title: { zh: '农户', en: 'Households' },
    text: {
      zh: '积分账户属于农户：户号、户主、卡片、PIN 和存折。',
      en: 'The account holder: number, head, card, PIN and passbook.',
    },
  },
  imports: {
    title: { zh: '导入', en: 'Imports' },
    text: {
      zh: '把村里自己的花名册、期初积分、细则和商品表读进来：先看再写。',
      en: 'The village’s own papers (roster, balances, rules, goods): looked at first, then written.',
    },
  },
  rules: {
    title: { zh: '积分细则', en: 'Rule book' },
    text: {
      zh: '一件事值多少分。修改就是新版本，旧账保留当时的版本。',
      en: 'What a deed is worth. A change is a new version; entries keep the one they were made under.',
    },
  },
  proposals: {
    title: { zh: '申报与审批', en: 'Proposals' },
    text: {
      zh: '一人申报，另一人审批，批准才入账；谁也不能决定自家的事。',
      en: 'One person proposes, another approves, and only then is it booked; nobody decides on the own household.',
    },
  },
  goods: {
    title: { zh: '商品与库存', en: 'Goods and stock' },
    text: {
      zh: '商店有什么、几分一件、还剩多少，进货和盘点。',
      en: 'What the shop has, at what price and how many; stock in and stocktakes.',
    },
  },
  kiosks: {
    title: { zh: '兑换台管理', en: 'Kiosks' },
    text: { zh: '在办公室添加、配对和停用兑换台。', en: 'Adding, pairing and locking kiosks from the desk.' },
  },
  volunteers: {
    title: { zh: '志愿者', en: 'Volunteers' },
    text: { zh: '在兑换台当班的人和他们的 PIN。', en: 'Who serves at the kiosks, and their PINs.' },
  },
  pictures: {
    title: { zh: '照片', en: 'Pictures' },
    text: {
      zh: '商品照片和申报凭证，缩小并去掉位置信息后保存。',
      en: 'Photos of goods and of evidence, made small and without their location.',
    },
  },
  cards: {
    title: { zh: '制卡', en: 'Printed cards' },
    text: { zh: '成批打印的积分卡。', en: 'Cards printed by the sheet.' },
  },
  ledger: {
    title: { zh: '账本', en: 'The ledger' },
    text: {
      zh: '复式账：凭证、分录、试算平衡、核验，整本导出。',
      en: 'The double-entry books: entries, lines, trial balance, verification, and the whole of it to take away.',
    },
  },
  backups: {
    title: { zh: '备份', en: 'Backups' },
    text: {
      zh: '每天自动做、份份核对过的备份：列出、再做一份、带走、恢复。',
      en: 'Made every day and each of them verified: list them, make one more, take one away, restore one.',
    },
  },
  kiosk: {
    title: { zh: '兑换台', en: 'At the kiosk' },
    text: {
      zh: '配对后的设备和当班志愿者：查户、兑换、撤销自己的一笔，别的都不行。',
      en: 'A paired device with its volunteer: look up, redeem, undo its own, and no more.',
    },
  },
  me: {
    title: { zh: '农户自己看', en: 'A household’s own view' },
    text: {
      zh: '用卡片或户号加 PIN 打开：余额、每一笔的来由、商店里换得起什么。',
      en: 'Opened by card or number and PIN: the balance, why each line, and what it reaches for.',
    },
  },
  board: {
    title: { zh: '公示屏', en: 'The board' },
    text: {
      zh: '人人可看，只有好事，姓名打码。',
      en: 'For everybody: good news only, names masked.',
    },
  },
  notices: {
    title: { zh: '公告', en: 'Notices' },
    text: { zh: '可以打印张贴的公告。', en: 'Notices to print and put up.' },
  },
};

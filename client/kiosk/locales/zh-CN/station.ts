export const station = {
  kiosk: { title: '兑换台', unpaired: '这台机器还没有配对' },
  bar: {
    onDuty: '当班',
    station: '当班：{name}，打开菜单',
    signOut: '交班',
    takeOver: '接班',
    offline: '没有网络',
    online: '网络正常',
  },
  signal: {
    card: '已读卡',
    item: '已加：{label}',
    done: '兑好了',
    error: '没办成，请看提示',
  },
  closed: {
    title: '连不上服务器',
    lead: '请检查网线或无线网络。网一通，这里会自己接上。没有任何积分变动。',
    leadOwed:
      '请检查网线或无线网络。网一通，这里会自己接上。有 {n} 笔送出去还没有回音，积分可能动了，也可能没动：接上以后会自动问清楚，不会扣两次。',
  },
  signIn: {
    title: '今天谁当班？',
    nobody: '还没有志愿者',
    nobodyLead: '请村委在办公室电脑上添加志愿者，然后这里会出现名字。',
    chooseFirst: '先点自己的名字',
    pin: '{name}，请输入密码',
    pinLabel: '密码',
    statement: '看积分、打对账单',
    over: {
      idle: '半小时没有人用，当班已结束：请再输一次密码，接着当班。',
      long: '当班满 12 小时，已结束：请再输一次密码，接着当班。',
    },
    networkBack: '网通了：请再输一次密码，接着当班。',
    alone: {
      wrong: '密码不对，没有开始当班。',
      wait: '输错太多次，请过十五分钟再试。',
      notKept: '这台机器存不住，没有开始当班。请重启一次；还不行，告诉村委。',
      unchecked: '没有网络，这台机器也没有存村里的资料，核对不了密码。请等网通了再上班。',
    },
    statementLead: '没有手机也能看：刷卡，或输户号和密码。直接刷卡也行。',
  },
  lock: {
    go: '锁屏',
    title: '屏幕锁住了',
    lead: '{name}还在当班。输自己的密码打开；换人当班，先点名字。',
    leadAlone: '{name}还在当班，输密码打开。',
    pin: '{name}，请输入密码打开',
    other: '{name}，请输入密码接班',
    otherLead: '{onDuty}的班到此结束。',
  },
  idle: {
    lead: '还在办吗？',
    left: '{seconds} 秒后收起这户的资料',
    stay: '还在办',
  },
} as const;

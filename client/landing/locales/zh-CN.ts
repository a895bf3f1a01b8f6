export default {
  landing: {
    choose: '请选择要打开的界面',
    desk: '工作台',
    deskLead: '村委、审核人、监督员：加分、审核、账本、设置',
    kiosk: '兑换台',
    kioskLead: '超市志愿者：刷卡、兑换、打印小票',
    me: '我的积分',
    meLead: '农户：查余额，看每一分从哪里来',
    board: '公示屏',
    boardLead: '超市有什么，最近有哪些好事',
    setup: '第一次使用，请先建立村庄',
    setupLead: '几分钟即可完成；也可以先装入一个演示村看看。',
    setupGo: '开始设置',
  },
} as const;

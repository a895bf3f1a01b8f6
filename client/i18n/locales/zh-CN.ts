/** Words every face uses. */
export default {
  common: {
    product: '积善',
    productLine: '村级道德银行 · 爱心超市',
    points: '积分',
    loading: '正在加载……',
    retry: '再试一次',
    back: '返回',
    cancel: '取消',
    close: '关闭',
    details: '详情',
    errorCode: '代码：{code}',
    language: 'English',
    optional: '选填',
    skipToContent: '跳到正文',
  },
  failure: {
    unreachable: '连不上服务器',
    unreachableRead: '请检查网络，然后再试一次。没有任何改动。',
    unreachableWrite: '不知道刚才这一步办成了没有。请先看一看结果，再决定要不要再做一次。',
    timeout: '服务器没有及时回答',
    unknownTitle: '出错了',
  },
  /** Sent, and not answered: points or goods may have been booked, or something else may have been done. */
  intent: {
    unclear: { booking: '不知道这一笔记上了没有', act: '不知道这一步办成了没有' },
    unclearOf: '{what}：{unclear}',
    locked: '已经发出去了，还没有收到回答。问清楚之前内容先锁住，不能改，也不会另发一次。',
    unkept: '这台电脑没能把它存下来：请先不要关闭或刷新这个页面。',
    asking: '没有收到回答，正在再问一次。不会重复提交。',
    ask: { booking: '再问一次（不会重复记账）', act: '再问一次（不会重复办理）' },
    drop: { booking: '放弃这一笔，重新填写', act: '放弃，重新来过' },
    sure: {
      booking:
        '刚才那一笔可能已经收到了。请先查一查：加分扣分看“审核”里的“我提交的”，进货盘点看“账本”。确定重新填写？',
      act: '刚才那一步可能已经办成了，请先看一看。确定重新来过？',
    },
    dropNow: { booking: '确定，重新填写', act: '确定，重新来过' },
    keep: '不，先留着',
  },
  print: {
    print: '打印',
    printedAt: '打印时间：{when}',
    signature: '经办人：',
    stamp: '（盖章）',
  },
  date: {
    choose: '选日期',
    justNow: '刚刚',
  },
  withoutNetwork: {
    done: '没网时办的：{when}',
  },
  pad: {
    label: '数字键盘',
    erase: '退格',
    entered: '{label}：已输入 {count} 位，共 {of} 位',
  },
} as const;

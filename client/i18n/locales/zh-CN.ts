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
    unreachableWrite: '不知道刚才这一步办成了没有。请再试一次：不会重复记账。',
    timeout: '服务器没有及时回答',
    unknownTitle: '出错了',
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
  pad: {
    label: '数字键盘',
    erase: '退格',
    entered: '{label}：已输入 {count} 位，共 {of} 位',
  },
} as const;

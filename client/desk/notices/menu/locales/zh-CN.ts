export default {
  notices: {
    menu: { name: '打印公示', short: '公示' },
    home: {
      deeds: '笔加分已同意，等着做成公示',
      toPutUp: '期公示还没有贴出',
      toReview: '期公示等您审阅签字',
    },
  },
} as const;

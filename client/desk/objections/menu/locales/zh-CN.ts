export default {
  objections: {
    menu: { name: '异议和意见', short: '异议', fromDeed: '登记对这一条的异议' },
    home: {
      forMe: '条异议、意见等您答复',
      overdue: '条异议、意见过了答复的日子',
      atRisk: '条异议、意见明天前要答复',
      appeals: '条异议等您复核',
    },
  },
} as const;

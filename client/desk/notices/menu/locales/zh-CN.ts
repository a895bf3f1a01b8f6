export default {
  notices: {
    menu: { name: '打印公示', short: '公示' },
  },
} as const;

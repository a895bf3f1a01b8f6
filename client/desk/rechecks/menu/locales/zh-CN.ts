export default {
  rechecks: {
    menu: '抽查',
    home: {
      missing: '上个月还没有抽查',
      missingMore: '会上喊个数，抽几笔加分复查',
      open: '笔抽中的加分还没查',
    },
  },
} as const;

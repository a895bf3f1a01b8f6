export default {
  rounds: {
    menu: '评比',
    home: { toMark: '轮评比等您打分', toClose: '轮评比的表交齐了，等您结束' },
  },
} as const;

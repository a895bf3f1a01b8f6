export default {
  board: { title: '公示屏' },
} as const;

export default {
  fairness: { menu: { name: '公平情况', short: '公平' } },
} as const;

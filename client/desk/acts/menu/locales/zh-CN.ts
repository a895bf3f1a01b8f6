export default {
  acts: { menu: '办事记录' },
} as const;

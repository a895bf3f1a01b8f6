export default {
  desk: { title: '工作台' },
} as const;

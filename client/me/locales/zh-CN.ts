export default {
  me: { title: '我的积分' },
} as const;

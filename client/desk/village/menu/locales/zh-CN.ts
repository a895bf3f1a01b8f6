export default {
  village: {
    menu: { name: '村庄设置' },
  },
} as const;

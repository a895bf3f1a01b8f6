export default {
  backups: {
    menu: { name: '备份' },
  },
} as const;

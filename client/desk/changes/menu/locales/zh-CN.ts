export default {
  agreement: { menu: '两人同意', home: '项改动等您同意' },
} as const;

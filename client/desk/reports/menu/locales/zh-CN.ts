export default {
  reports: {
    menu: { name: '手机申报', short: '申报' },
    home: { forMe: '条手机申报等您初审' },
  },
} as const;

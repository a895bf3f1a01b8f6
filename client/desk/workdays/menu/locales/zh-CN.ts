export default {
  workdays: {
    menu: { name: '义务劳动、活动' },
    home: { open: '次活动到日子了，签到、结束报加分' },
  },
} as const;

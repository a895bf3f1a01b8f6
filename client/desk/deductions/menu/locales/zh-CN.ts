export default {
  deductions: {
    menu: { name: '扣分提醒', short: '提醒' },
    home: '张扣分提醒等着办：送到户、看改好没有、告知',
  },
} as const;

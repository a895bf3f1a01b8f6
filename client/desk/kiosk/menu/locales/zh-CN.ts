export default {
  shop: {
    setup: {
      volunteer: { title: '添加超市志愿者', why: '志愿者用自己的密码在兑换台上班，谁经手一查就知道。' },
      kiosk: { title: '给超市的兑换台配对', why: '在超市的平板或电脑上输入配对码，志愿者就能兑换。' },
      redemption: { title: '第一次兑换', why: '志愿者在兑换台上班，扫一张卡，换一样东西。' },
    },
    home: { waits: '位志愿者等您确认' },
    menu: { name: '兑换台与志愿者' },
  },
} as const;

export default {
  imports: {
    setup: {
      roster: { title: '导入花名册', why: '用村里现成的表格，每户会得到一张积分卡。' },
      rules: { title: '导入积分细则', why: '什么事加几分、扣几分，导入后随时可以改。' },
      goods: { title: '导入商品', why: '超市里有什么、要多少积分、成本多少。' },
      balances: {
        title: '导入旧积分',
        why: '以前记在纸上或表里的积分，转到新存折里。',
        none: '没有旧积分',
      },
    },
    menu: { name: '导入表格' },
  },
} as const;

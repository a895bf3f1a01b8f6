export const practice = {
  practice: {
    begin: '练习',
    band: '练习，不记账',
    end: '结束练习',
    cards: '点一下，就当刷了这家的卡',
    card: '{head}家 {number}',
    pin: '练习的密码：{pin}',
    slip: '练习，不算数',
    group: '练习组',
    volunteer: '练习',
    heads: '张三、李四、王五',
    initials: 'ZS、LS、WW',
    categories: '米面粮油、日用品、工具',
    unit: '件',
    goods: '大米、毛巾、锄头、菜籽油、脸盆、手套、挂面、香皂、铁锹、食盐、洗衣粉、扫把',
    unknown: {
      title: '练习里没有这一户',
      detail: '练习只有屏幕上那几户，密码也写在屏幕上。没有动任何积分。',
    },
    wrongPin: {
      title: '密码不对',
      detail: '练习的密码写在屏幕上。没有动任何积分。',
    },
    refused: {
      title: '练习里办不成这一笔',
      detail: '积分或东西不够了。没有动任何积分；结束练习再进来，就重新开始。',
    },
  },
} as const;

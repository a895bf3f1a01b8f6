/** Words for announced events, and for those that the household came to. */
export default {
  workday: {
    title: '义务劳动、活动',
    when: '{day} {weekday} {from}–{until}',
    hour: '每小时 {points} 分',
    fixed: '来了就给 {points} 分',
    most: '最多 {n} 人',
    how: '带上积分卡，开始前一小时起签到，走的时候签退。',
    own: '自家来过的（{n}）',
    hours: '{n} 小时',
    notOut: '还没签退',
    late: '补录',
    leftOut: '没算进去',
    reason: '原因：{reason}',
  },
} as const;

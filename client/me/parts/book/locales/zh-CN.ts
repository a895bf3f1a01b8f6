/** Words for the acts that concern a household, and for the head of the village's book. */
export default {
  acts: {
    lead: '发卡、换密码、改资料，谁办的都记着。有不对的，请找村监督员。',
    none: '还没有给您家办过什么事。',
    change: '{label}：{was} → {is}',
    made: '{label}：{is}',
    empty: '空',
    yes: '是',
    no: '否',
    more: '更早的',
    close: '好了，回存折',
  },
  book: {
    head: '村里的账记到第 {number} 号，指纹',
    why: '每记一笔，号码加一，指纹就变。公示屏、小票、公示纸上也有，可以对一对。',
    changed: '账本和上次看到的对不上',
    changedLead: '记过的账，不会变少，也不会改。可是这台手机看到：',
    restored: '账本从备份恢复过',
    restoredLead: '{day}，村里用备份恢复了账本，号码就退回来了。',
    seen: '上次第 {number} 号',
    now: '后来第 {number} 号',
    ask: '请抄下来，去问村监督员；问不清楚，就问镇里。',
    check: '最后几笔可能要重新记。请看看存折里少没少，少了就找村委会或监督员。',
    asked: '问清楚了，不用再提醒',
  },
} as const;

/** Attendance in a household's own file. */
export const ATTENDANCE_PART = '义务劳动和活动的签到';

export const ATTENDANCE_TITLES = {
  title: '活动',
  day: '日期',
  member: '谁来的',
  way: '怎么签的',
  signedIn: '签到',
  signedOut: '签退',
  hours: '小时',
  late: '补录',
  lateReason: '补录原因',
  hoursReason: '改时长的原因',
  leftOut: '没算进去',
  leftOutReason: '没算进去的原因',
} as const;

export const WAY_WORDS = { card: '刷卡', number: '报户号', paper: '纸质签到表', late: '补录' } as const;
export const YES = '是';

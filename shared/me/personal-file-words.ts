/** Log-ins in a household's own file. */
export const LOG_IN_PARTS = {
  logIns: '手机登录',
  wrongTries: '输错密码',
} as const;

export const LOG_IN_TITLES = {
  device: '设备',
  helper: '帮看的人',
  begun: '开始',
  expires: '到期',
  ended: '结束',
} as const;

export const WRONG_TRIES_TITLES = {
  by: '在哪里',
  failures: '次数',
  lockedUntil: '锁到',
  latest: '最近一次',
} as const;

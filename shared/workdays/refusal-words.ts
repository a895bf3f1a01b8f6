import type { Catalogue } from '../sentence.ts';

/** Why somebody on the list cannot be awarded, in a few words beside the name. */
export const refusalWords = {
  not_signed_out: { zh: '没签退，算不出时长', en: 'Not signed out: no hours' },
  'rule.cap_times': {
    zh: '到上限了：{period:every} {limit} 次[，{when:when}已有 {used} 次]',
    en: 'At the cap: {limit} × {period:every}[, {when:when} already has {used}]',
  },
  'rule.cap_points': {
    zh: '超过上限：{period:every}最多 {limit:points} 分[，{when:when}已有 {used:points} 分][，这次 {wanted:points} 分]',
    en: 'Over the cap: {limit:points} points {period:every}[, {when:when} already has {used:points}][, this is {wanted:points}]',
  },
  'rule.points': { zh: '时长太短，算不出分', en: 'Too short for any points' },
} as const satisfies Catalogue;

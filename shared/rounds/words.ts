import type { Catalogue, ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'round.not_found': {
    zh: { title: '没有这轮评比', detail: '没有找到这轮评比，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'No such round',
      detail: 'The round was not found; nothing was changed. Reload and look again.',
    },
  },
  'round.state': {
    zh: {
      title: '这轮评比已经结束',
      detail: '这轮评比已经结束或撤掉了，这一次没有办，积分没有变动。请刷新后再看。',
    },
    en: {
      title: 'This round is over',
      detail: 'The round was closed or withdrawn; nothing was done now and no points moved. Reload and look.',
    },
  },
  'round.day': {
    zh: {
      title: '日期太远',
      detail: '评比的日期要在前后[ {most} 天]之内，没有开，什么都没有改动。请改日期。',
    },
    en: {
      title: 'The day is too far away',
      detail:
        'The day of a round lies within[ {most} days of] today. Nothing was opened. Choose another day.',
    },
  },
  'round.households': {
    zh: {
      title: '户数不对',
      detail: '一轮评比要有 1 户以上[，最多 {most} 户，现在选了 {count} 户]；没有开，什么都没有改动。',
    },
    en: {
      title: 'Wrong number of households',
      detail:
        'A round is about one household or more[, {most} at most; {count} were chosen]. Nothing was opened.',
    },
  },
  'round.judges': {
    zh: {
      title: '评委不对',
      detail:
        '评委要三位不同的人，账号在用，由村委、审核人、组长或评议员担任；管账号的和监督员不当评委。没有开，什么都没有改动。',
    },
    en: {
      title: 'These cannot judge',
      detail:
        'Three different people judge: committee, approvers, group leaders or panel members in office. Administrators and supervisors do not. Nothing was opened.',
    },
  },
  'round.kin': {
    zh: {
      title: '评委里亲属太多',
      detail: '自己家和亲属家要回避[，{number} 这一户]剩下的评委不到两位；没有开，什么都没有改动。请换评委。',
    },
    en: {
      title: 'Too many of the judges are kin',
      detail:
        'Nobody judges the own household or declared kin, and[ household {number}] would be left with fewer than two judges. Nothing was opened. Choose other judges.',
    },
  },
  'round.bands': {
    zh: {
      title: '分档不对',
      detail: '分档要从高到低，都不超过满分[ {full:points} 分]；没有开，什么都没有改动。请改分档。',
    },
    en: {
      title: 'The bands do not fit',
      detail: 'Bands go down from the full mark[ of {full:points}]. Nothing was opened. Correct the bands.',
    },
  },
  'round.not_award': {
    zh: {
      title: '评比只加分',
      detail: '这一条细则是扣分的，评比不能用；没有开，什么都没有改动。请另选一条。',
    },
    en: {
      title: 'A round only gives points',
      detail:
        'This rule takes points away, so no round is awarded under it. Nothing was opened. Choose another.',
    },
  },
  'round.not_judge': {
    zh: { title: '不是这轮的评委', detail: '这一位不是这轮评比的评委，没有收，什么都没有改动。' },
    en: {
      title: 'Not a judge of this round',
      detail: 'This person does not judge in it; nothing was taken in.',
    },
  },
  'round.judge_keys': {
    zh: {
      title: '评委之间不代录',
      detail: '您是这轮的评委，不能录别人的评分表；没有收，什么都没有改动。请别的同志来录。',
    },
    en: {
      title: 'Judges do not key in for each other',
      detail:
        'You judge in this round, so the paper of another judge is keyed in by somebody else. Nothing was taken in.',
    },
  },
  'round.own_sheet': {
    zh: {
      title: '评委自己交过了',
      detail: '这张表是评委自己交的，只有本人能更正；没有收，什么都没有改动。',
    },
    en: {
      title: 'The judge handed it in',
      detail: 'This sheet was handed in by the judge, who alone corrects it. Nothing was taken in.',
    },
  },
  'round.changed': {
    zh: {
      title: '这张表刚刚交过',
      detail: '您打开以后，这张表又交过一次；这一次没有收，什么都没有改动。请刷新后再看。',
    },
    en: {
      title: 'It was handed in meanwhile',
      detail:
        'The sheet was handed in since you opened it. Nothing was taken in this time. Reload and look again.',
    },
  },
  'round.marks': {
    zh: {
      title: '有的分不对',
      detail:
        '[{number} 这一户]每一项都要打分[，“{item}”最高 {most:points} 分]，只能是整分或半分；没有收，什么都没有改动。请改好再交。',
    },
    en: {
      title: 'A mark is not right',
      detail:
        'Each item[ of household {number}] needs a mark in whole or half points[, at most {most:points} for “{item}”]. Nothing was taken in. Correct it and send it again.',
    },
  },
  'round.own_household': {
    zh: {
      title: '要回避',
      detail: '[{number} ]是评委自己家或申报过的亲属家，这一户不打分；没有收，什么都没有改动。请空着再交。',
    },
    en: {
      title: 'The judge’s own family',
      detail:
        'The household[ {number}] is the judge’s own or a declared relative’s, and is left without marks. Nothing was taken in.',
    },
  },
  'round.sheets_missing': {
    zh: {
      title: '评分表没交齐',
      detail: '还差[ {count} 位]评委的评分表，没有结束，积分没有变动。请等都交了再结束。',
    },
    en: {
      title: 'Sheets are missing',
      detail: 'The sheets of[ {count}] judges are missing. Nothing was closed, no points moved.',
    },
  },
  'round.left_out': {
    zh: {
      title: '名单变了',
      detail: '够分但加不了的[现在有 {count} 户]，和您看到的不一样；没有结束，积分没有变动。请刷新后再看。',
    },
    en: {
      title: 'The list has changed',
      detail:
        'Households that would get nothing all the same[ are {count} now]: not those that you saw. Nothing was closed, no points moved. Reload and look again.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** Stands beside each deed of a round, so that whoever approves it sees how it came about. */
export const noteWords = {
  note: {
    zh: '评比第 {number} 轮 · {judges} 位评委 · 平均 {mean:points} 分（{least:points}～{most:points}）',
    en: 'Round {number} · {judges} judges · mean {mean:points} ({least:points}–{most:points})',
  },
} as const satisfies Catalogue;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  rounds: {
    zh: '评比：三位评委按打分表各打各的，都交了取平均，按分档提出加分。',
    en: 'Rounds: three judges mark households on a check-list, each alone; the means propose awards by bands.',
  },
} as const satisfies Tags;

import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'objection.not_found': {
    zh: { title: '没有这条异议', detail: '没有找到这条异议或意见，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'No such objection',
      detail: 'The objection was not found; nothing was changed. Reload and look again.',
    },
  },
  'objection.state': {
    zh: {
      title: '已有人办过',
      detail: '这条异议的状态已经变了，这一次没有办，积分没有变动。请刷新后再看。',
    },
    en: {
      title: 'Somebody dealt with it',
      detail:
        'The objection has changed meanwhile; nothing was done now and no points moved. Reload and look.',
    },
  },
  'objection.no_deed': {
    zh: {
      title: '没有这笔加分或扣分',
      detail: '异议要写明是哪一笔加分或扣分，没有找到，异议没有登记，积分没有变动。请核对后再提。',
    },
    en: {
      title: 'No such award or deduction',
      detail:
        'An objection names the award or deduction that it is about; it was not found. Nothing was noted and no points moved. Check and try again.',
    },
  },
  'objection.deed_closed': {
    zh: {
      title: '这一条现在不在公示，也没入账',
      detail: '只能对公示中的和已经入账的提异议。异议没有登记，积分没有变动。请刷新后再看。',
    },
    en: {
      title: 'Neither on notice nor posted',
      detail:
        'Objections are taken to deeds that are on notice or posted. Nothing was noted and no points moved. Reload and look again.',
    },
  },
  'objection.twice': {
    zh: {
      title: '这一条已经提过',
      detail:
        '您家对这一条已经提过异议，没有再记一次，积分没有变动。请看原来那条的答复；不服答复可以请监督员复核。',
    },
    en: {
      title: 'Objected already',
      detail:
        'Your household has objected to this already; it was not noted again and no points moved. See the answer there; you may ask a supervisor to look at it.',
    },
  },
  'objection.too_many': {
    zh: {
      title: '提得太多',
      detail:
        '一户一天提的和没办完的[都最多 {most} 条，]已经够多了。这一条没有记下，积分没有变动。请等有了答复再提，或者到村委说。',
    },
    en: {
      title: 'Too many at once',
      detail:
        'A household hands in only a few a day and has only a few open[, at most {most}]. This one was not noted and no points moved. Wait for an answer, or tell the village office.',
    },
  },
  'objection.not_fit': {
    zh: {
      title: '这个账号不能办',
      detail:
        '管理员不答复异议；新账号和改过的账号，要别人确认以后，才能办确认以后收到的异议。什么都没有改动。请别的审核人办。',
    },
    en: {
      title: 'Not with this account',
      detail:
        'Administrators answer no objections, and an account answers those that came after somebody else confirmed it. Nothing was changed. Ask another approver.',
    },
  },
  'objection.had_part': {
    zh: {
      title: '您经手过这一条',
      detail: '提出的、审核过的人，不能办对它的异议。什么都没有改动。请没有经手过的审核人办。',
    },
    en: {
      title: 'You had a part in this deed',
      detail:
        'Whoever proposed or decided the deed deals with no objection to it. Nothing was changed. Ask an approver who had no part in it.',
    },
  },
  'objection.own_household': {
    zh: {
      title: '关系到自家或亲属',
      detail: '这一条关系到您自家或者登记的亲属，要别人办。什么都没有改动。',
    },
    en: {
      title: 'Own household or kin',
      detail: 'This concerns your own household or declared kin. Nothing was changed; ask somebody else.',
    },
  },
  'objection.answered_before': {
    zh: {
      title: '您答复过这一条',
      detail: '监督员要求换人答复，原来答复过的人不能再答。什么都没有改动。请没有参与过的审核人答复。',
    },
    en: {
      title: 'You answered it before',
      detail:
        'A supervisor sent it to people who had no part in it. Nothing was changed. Ask an approver who has not answered it.',
    },
  },
  'objection.by_phone': {
    zh: {
      title: '要本人在手机上撤回',
      detail: '这条是农户用手机提的，只能由他在手机上撤回。什么都没有改动。请照常答复。',
    },
    en: {
      title: 'Withdrawn by phone alone',
      detail:
        'A household made this objection by phone, and withdraws it there alone. Nothing was changed. Answer it as usual.',
    },
  },
  'objection.unnamed': {
    zh: {
      title: '没有名字可写',
      detail: '提的人没有留名，材料上写不了。没有打印，什么都没有改动。请选“不写提的人”再打印。',
    },
    en: {
      title: 'There is no name',
      detail:
        'Whoever objected left no name to print. Nothing was printed and nothing was changed. Print the sheet without one.',
    },
  },
  'objection.no_appeal': {
    zh: {
      title: '没有可以复核的',
      detail: '提的已经全部采纳，或者没有答复，不用请监督员复核。什么都没有改动。',
    },
    en: {
      title: 'Nothing to appeal against',
      detail: 'It was upheld in full or was not answered. Nothing was changed.',
    },
  },
  'objection.appeal_late': {
    zh: {
      title: '过了申请复核的日子',
      detail:
        '申请复核的日子过了[，到 {until} 为止]。这一次没有记下，积分没有变动。可以直接找监督员或者镇里。',
    },
    en: {
      title: 'Too late for an appeal',
      detail:
        'The days for an appeal are over[: they ended on {until}]. Nothing was noted and no points moved. Talk to a supervisor or the township.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  objections: {
    zh: '异议、建议和投诉：收下、答复、复核。',
    en: 'Objections, suggestions and complaints: received, answered, looked at again.',
  },
} as const satisfies Tags;

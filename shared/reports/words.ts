import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'report.not_found': {
    zh: { title: '没有这条申报', detail: '没有找到这条申报，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'No such report',
      detail: 'The report was not found; nothing was changed. Reload and look again.',
    },
  },
  'report.state': {
    zh: {
      title: '这条申报已经办过了',
      detail: '已经有人初审过，或者农户撤回了。这一次没有办，积分没有变动。请刷新后再看。',
    },
    en: {
      title: 'Dealt with already',
      detail:
        'Somebody has checked this report, or the household withdrew it. Nothing was done now and no points moved. Reload and look.',
    },
  },
  'report.phones_off': {
    zh: {
      title: '村里现在不用手机申报',
      detail: '申报没有记下，积分没有变动。要报的事，请告诉小组长或者村委；以前报的照样办。',
    },
    en: {
      title: 'No reports by phone now',
      detail:
        'The village takes no reports from phones now. Nothing was noted and no points moved. Tell the group leader or the committee; what was reported before goes on.',
    },
  },
  'report.rule_not_open': {
    zh: {
      title: '这一条不能用手机申报',
      detail:
        '这条细则不由农户这样申报，或者现在不用了。申报没有记下，积分没有变动。请换一条，或者告诉小组长。',
    },
    en: {
      title: 'Not reported this way',
      detail:
        'Households do not report this rule in this way, or it no longer counts. Nothing was noted and no points moved. Choose another, or tell the group leader.',
    },
  },
  'report.no_helper': {
    zh: {
      title: '没有找到这一户',
      detail:
        '户号或户主姓名没有对上。申报没有记下，积分没有变动。请写户号（卡上印着），或者照大屏上的姓名写。',
    },
    en: {
      title: 'No such household',
      detail:
        'No household has this number or name. Nothing was noted and no points moved. Write its number (on its card), or the name as the board shows it.',
    },
  },
  'report.helper_unclear': {
    zh: {
      title: '这个姓名不止一户',
      detail: '有几户的户主都是这个写法。申报没有记下，积分没有变动。请改写户号，卡上印着。',
    },
    en: {
      title: 'Several households have this name',
      detail:
        'The name fits more than one household. Nothing was noted and no points moved. Write the number on its card instead.',
    },
  },
  'report.own_helper': {
    zh: {
      title: '这是您自己家',
      detail: '“谁帮了我”要写别的一户。申报没有记下，积分没有变动。自家做的事，请用“自家做的事”申报。',
    },
    en: {
      title: 'This is your own household',
      detail:
        'Name another household that helped. Nothing was noted and no points moved. Report your own deeds as your own.',
    },
  },
  'report.twice': {
    zh: {
      title: '这件事已经申报过',
      detail:
        '同一户、同一条、同一天的已经申报过[，是第 {number} 号]。没有再记一次，积分没有变动。请看那一条办到哪一步。',
    },
    en: {
      title: 'Reported already',
      detail:
        'The same household, rule and day were reported before[, under no. {number}]. It was not noted again and no points moved. See how that one stands.',
    },
  },
  'report.too_many': {
    zh: {
      title: '申报得太多',
      detail:
        '一户一天申报的和还没初审的[都最多 {most} 条，]已经够多了。这一条没有记下，积分没有变动。请等初审以后再报，或者告诉小组长。',
    },
    en: {
      title: 'Too many at once',
      detail:
        'A household reports only a few deeds a day and has only a few waiting[, at most {most}]. This one was not noted and no points moved. Wait until they are checked, or tell the group leader.',
    },
  },
  'report.committee_only': {
    zh: {
      title: '村里定了由村委初审',
      detail: '小组长现在不做初审，请村委来办。什么都没有改动。',
    },
    en: {
      title: 'The committee checks reports',
      detail:
        'In this village group leaders do not check reports. Nothing was changed; ask a member of the committee.',
    },
  },
  'report.own_household': {
    zh: {
      title: '关系到自家或亲属',
      detail: '申报的或者被申报的，是您自家或者登记的亲属，要别人初审。什么都没有改动。',
    },
    en: {
      title: 'Own household or kin',
      detail:
        'Your own household or declared kin reported this, or it is about them. Nothing was changed; somebody else checks it.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  reports: {
    zh: '农户用手机申报：自家做的事，或者谁帮了自家；初审以后提交评议。',
    en: 'Reports from phones: a deed of one’s own, or who helped; checked, then proposed.',
  },
} as const satisfies Tags;

import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'proposal.not_found': {
    zh: { title: '没有这条申报', detail: '没有找到这条申报，积分没有变动。请刷新后再看。' },
    en: {
      title: 'No such proposal',
      detail: 'This proposal was not found; no points moved. Reload and look again.',
    },
  },
  'proposal.state': {
    zh: {
      title: '已有人处理',
      detail: '这条申报的状态已经变了，这一次没有处理，积分没有再动。请刷新后再看。',
    },
    en: {
      title: 'Somebody dealt with it',
      detail:
        'This proposal has changed meanwhile; it was not handled again, no points moved again. Reload and look again.',
    },
  },
  'proposal.changed': {
    zh: {
      title: '内容刚刚改过',
      detail:
        '您看过以后，[有 {count} 条]内容改过了；没有作任何处理，积分没有变动。请看清现在的内容，再决定。',
    },
    en: {
      title: 'Changed meanwhile',
      detail:
        'This was changed after you looked at it[ ({count} of them)]; nothing was decided, no points moved. Read what it says now, then decide.',
    },
  },
  'proposal.member_missing': {
    zh: {
      title: '没写是家里哪一位',
      detail:
        '[“{code} {title}”]按人计算限额，要写明是家里哪一位，比如“长子”；没有提交，积分没有变动。请补上再交。',
    },
    en: {
      title: 'The member is missing',
      detail:
        '[“{code} {title}” is ]counted for each member of a household: say which one, such as “eldest son”. Nothing was sent, no points moved. Add it and send again.',
    },
  },
  'proposal.event_missing': {
    zh: {
      title: '没写是哪一件事',
      detail:
        '[“{code} {title}”]按事计算限额，要写明是哪一场、哪一处或哪一件，比如“东头路口”；没有提交，积分没有变动。请补上再交。',
    },
    en: {
      title: 'What it is about is missing',
      detail:
        '[“{code} {title}” is ]counted for each event, place or thing: say which one, such as “the wedding in May”. Nothing was sent, no points moved. Add it and send again.',
    },
  },
  'proposal.none_chosen': {
    zh: {
      title: '一条也没有选',
      detail: '这一批里没有剩下要处理的，没有作任何处理，积分没有变动。请至少选一条。',
    },
    en: {
      title: 'Nothing is chosen',
      detail:
        'Nothing of this batch was left to act on; nothing was done, no points moved. Choose at least one.',
    },
  },
  'proposal.too_many_chosen': {
    zh: {
      title: '一次选得太多',
      detail:
        '一次最多处理[ {limit} ]条[，您选了 {count} 条]；没有作任何处理，积分没有变动。请分几次：先勾选几批，处理完再接着办。',
    },
    en: {
      title: 'Too many at once',
      detail:
        'At most[ {limit}] can be handled at once[, and you chose {count}]; nothing was done, no points moved. Do it in several goes: tick a few batches, and the others afterwards.',
    },
  },
  'proposal.opening_stands': {
    zh: {
      title: '已有期初积分',
      detail:
        '一户只有一笔期初积分，这一户已经有了[（第 {number} 号凭证）]；没有入账，积分没有变动。请退回这一条，或先冲正原来那一笔。',
    },
    en: {
      title: 'It has an opening balance',
      detail:
        'A household has one opening balance, and this one has its own[ (entry {number})]; nothing was posted, no points moved. Send this proposal back, or reverse the earlier entry first.',
    },
  },
  'proposal.not_a_deed': {
    zh: {
      title: '这一项不能这样改',
      detail: '冲正和户籍变动不能在这里改内容，什么都没有改动。请撤回后重新提交，或原样再报。',
    },
    en: {
      title: 'This cannot be corrected here',
      detail:
        'Reversals and changes of a household are not corrected here, and nothing was changed. Withdraw it and propose it anew, or send it again as it is.',
    },
  },
  'proposal.future_day': {
    zh: {
      title: '日期还没到',
      detail: '日期不能在今天以后，也不能早于一年前，没有提交，积分没有变动。请改日期。',
    },
    en: {
      title: 'Not on that day',
      detail:
        'The day cannot be after today, nor more than a year ago; nothing was sent, no points moved. Change the day.',
    },
  },
  'proposal.reason_missing': {
    zh: { title: '请写原因', detail: '退回要写明原因，没有处理，积分没有变动。请写上原因再退回。' },
    en: {
      title: 'Say why',
      detail:
        'What is sent back needs a reason; nothing was done, no points moved. Write the reason and send it back again.',
    },
  },
  'proposal.nothing_to_reverse': {
    zh: {
      title: '没有可以冲正的',
      detail: '选中的都已经冲正、正在等冲正，或者户已销，没有提交，积分没有变动。',
    },
    en: {
      title: 'Nothing is left to reverse',
      detail:
        'All that was chosen is reversed already, waits to be reversed, or its household is closed; nothing was sent, no points moved.',
    },
  },
  'proposal.reversal_waiting': {
    zh: {
      title: '冲正已在等审核',
      detail:
        '这张凭证[（第 {number} 号）]已有人提出冲正，正等审核，没有重复提交，积分没有变动。请去审核那一条。',
    },
    en: {
      title: 'A reversal is waiting',
      detail:
        'Somebody has proposed to reverse this entry[ ({number})] already; nothing was sent, no points moved. Decide on that proposal.',
    },
  },
  'proposal.own_entry': {
    zh: {
      title: '不能审自己提的',
      detail: '自己提的要由别人来审，没有入账，积分没有变动。请交给另一位审核人。',
    },
    en: {
      title: 'Not your own proposal',
      detail:
        'Somebody else has to decide what you proposed; nothing was posted, no points moved. Leave it to another approver.',
    },
  },
  'proposal.judged': {
    zh: {
      title: '评委不审自己评的',
      detail: '您是这轮评比的评委，或录过评分表，要由别人来审；没有入账，积分没有变动。请交给另一位审核人。',
    },
    en: {
      title: 'You judged it',
      detail:
        'You judged in this round, or keyed in its marks, so somebody else has to decide; nothing was posted, no points moved. Leave it to another approver.',
    },
  },
  'proposal.own_household': {
    zh: {
      title: '要回避',
      detail: '涉及您自己家或申报过的亲属，应当回避，没有入账，积分没有变动。请交给另一位审核人。',
    },
    en: {
      title: 'Your own family',
      detail:
        'It concerns your own household or declared relatives, so you may not decide; nothing was posted, no points moved. Leave it to another approver.',
    },
  },
  'proposal.administrator': {
    zh: {
      title: '管理员不提也不审',
      detail: '管理账号的人不审核，村里人手够时也不提出加分，积分没有变动。请交给别的同志。',
    },
    en: {
      title: 'Not for an administrator',
      detail:
        'Whoever manages the accounts decides nothing and, where there are people enough, proposes nothing; no points moved. Leave it to somebody else.',
    },
  },
  'proposal.unconfirmed': {
    zh: {
      title: '账号等人确认',
      detail: '您的账号刚添加或改动过，要由另一位审核人确认后才能审核，积分没有变动。',
    },
    en: {
      title: 'Your account waits',
      detail:
        'Your account is new or was changed; another approver has to confirm it before you can decide. No points moved.',
    },
  },
  'proposal.before_confirmed': {
    zh: {
      title: '在您之前提出的',
      detail: '这是在您的账号确认之前提出的，要由别的审核人来审，积分没有变动。',
    },
    en: {
      title: 'Proposed before your time',
      detail:
        'This was proposed before your account was confirmed, so another approver has to decide it; no points moved.',
    },
  },
  'proposal.contested': {
    zh: {
      title: '还有异议没答复',
      detail:
        '[其中 {count} 条]还有没办完的异议，先不能批准；没有作任何处理，积分没有变动。请先把异议答复完。',
    },
    en: {
      title: 'Objections are open',
      detail:
        'Objections to this[ ({count} of them)] are still open, so nothing was decided and no points moved. Have them answered first.',
    },
  },
  'proposal.not_yours': {
    zh: { title: '不是您提的', detail: '只有提出的人才能这样做，积分没有变动。请找提出的人。' },
    en: {
      title: 'Not yours',
      detail: 'Only the person who proposed it can do this; no points moved. Ask that person.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  proposals: {
    zh: '一人申报，另一人审批，批准才入账；谁也不能决定自家的事。',
    en: 'One person proposes, another approves, and only then is it booked; nobody decides on the own household.',
  },
} as const satisfies Tags;

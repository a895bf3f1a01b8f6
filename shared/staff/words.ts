import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'staff.not_found': {
    zh: { title: '没有这位人员', detail: '没有找到这位工作人员，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'No such person',
      detail: 'This member of staff was not found; nothing was changed. Reload and look again.',
    },
  },
  'staff.username_taken': {
    zh: { title: '账号名已有', detail: '这个账号名[“{username}”]已有人用，没有保存。请换一个。' },
    en: {
      title: 'User name taken',
      detail: 'This user name[ (“{username}”)] is taken; nothing was saved. Choose another.',
    },
  },
  'staff.last_admin': {
    zh: { title: '最后一位管理员', detail: '至少要留一位管理员，没有保存。请先让另一位当管理员。' },
    en: {
      title: 'The last administrator',
      detail: 'One administrator has to stay; nothing was saved. Make somebody else an administrator first.',
    },
  },
  'staff.name_taken': {
    zh: {
      title: '姓名已有',
      detail:
        '已有一位同志叫这个姓名[“{name}”]（看起来一样的也算），没有保存。请加上能分清的字，例如“王强（一组）”。',
    },
    en: {
      title: 'Name taken',
      detail:
        'Somebody of the staff has this name[ (“{name}”)], or one that looks the same; nothing was saved. Add something that tells them apart.',
    },
  },
  'staff.supervisor_alone': {
    zh: {
      title: '监督员不能兼职',
      detail: '监督员不能同时担任别的身份，没有保存。请只选监督员，或不选监督员。',
    },
    en: {
      title: 'A supervisor has no other role',
      detail:
        'A supervisor cannot have another role; nothing was saved. Choose supervisor alone, or not at all.',
    },
  },
  'staff.supervisor_kin': {
    zh: {
      title: '监督员要回避',
      detail: '村委、审核人、记账员和他们申报过的亲属不能当监督员，没有保存。请另选一位。',
    },
    en: {
      title: 'Kin of the committee',
      detail:
        'Members of the committee, approvers, the book-keeper and their declared kin cannot be supervisors; nothing was saved. Choose somebody else.',
    },
  },
  'staff.nothing_to_confirm': {
    zh: { title: '不用确认', detail: '这个账号没有等确认的改动，什么都没有改动。请刷新后再看。' },
    en: {
      title: 'Nothing to confirm',
      detail: 'Nothing of this account waits to be confirmed; nothing was changed. Reload and look again.',
    },
  },
  'staff.confirm_own': {
    zh: {
      title: '要由别人确认',
      detail: '自己的账号、自己添加或改动的账号，要由另一位审核人确认，什么都没有改动。',
    },
    en: {
      title: 'Somebody else confirms it',
      detail:
        'Your own account, and one that you made or changed, are confirmed by another approver; nothing was changed.',
    },
  },
  'staff.confirm_early': {
    zh: {
      title: '还没到时候',
      detail: '没有别的审核人时，监督员要等三天才能确认[，还差 {days} 天]，什么都没有改动。',
    },
    en: {
      title: 'Too early',
      detail:
        'Where no approver is left, a supervisor confirms after three days[; {days} more to go]. Nothing was changed.',
    },
  },
  'staff.own_households': {
    zh: {
      title: '申报过的户不能自己去掉',
      detail: '自己申报过的本户和亲属户，不能由本人去掉，没有保存。请另一位管理员来改。',
    },
    en: {
      title: 'Declared households stay',
      detail:
        'You cannot remove a household from your own declaration; nothing was saved. Ask another administrator to do it.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  session: {
    zh: '用户名和密码换十分钟有效的令牌，用 Cookie 续期。',
    en: 'A user name and password for a token of ten minutes, renewed by a cookie.',
  },
  staff: {
    zh: '谁在村里工作、担任什么角色、申报了哪些亲属户。',
    en: 'Who works for the village, in which roles, and which households are kin.',
  },
} as const satisfies Tags;

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

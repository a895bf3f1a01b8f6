import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'text.unfit': {
    zh: {
      title: '这段话不能公开',
      detail: '这段话要公开，里面有不能公开的内容[“{piece}”]。没有保存，积分没有变动。请改掉再办。',
      variants: {
        identity: '这段话要公开，里面像有身份证号或银行卡号。没有保存，积分没有变动。请删掉再办。',
        phone: '这段话要公开，里面像有电话号码。没有保存，积分没有变动。请删掉再办。',
        address:
          '这段话要公开，里面像有住址[“{piece}”]。没有保存，积分没有变动。请改掉再办；不是住址的，请另一个人认定。',
        name: '这段话要公开，里面有没同意写全名的人[“{piece}”]。没有保存，积分没有变动。请换个说法再办；不是人名的，请另一个人认定。',
        label:
          '这段话要公开，里面有说人病、残、贫的字[“{piece}”]。没有保存，积分没有变动。请换个说法再办；不是说人的，请另一个人认定。',
      },
    },
    en: {
      title: 'This text cannot go public',
      detail:
        'This text goes public and holds something that may not[ (“{piece}”)]. Nothing was saved and no points moved. Change it and try again.',
      variants: {
        identity:
          'This text goes public and seems to hold an identity number or the number of a bank card. Nothing was saved and no points moved. Take it out and try again.',
        phone:
          'This text goes public and seems to hold a phone number. Nothing was saved and no points moved. Take it out and try again.',
        address:
          'This text goes public and seems to hold an address[ (“{piece}”)]. Nothing was saved and no points moved. Change it; if it is none, somebody else may say so.',
        name: 'This text goes public and names somebody in full who did not agree[ (“{piece}”)]. Nothing was saved and no points moved. Change it; if it is no name, somebody else may say so.',
        label:
          'This text goes public and says of somebody that they are ill, disabled or poor[ (“{piece}”)]. Nothing was saved and no points moved. Change it; if it says no such thing, somebody else may say so.',
      },
    },
  },
  'text.fit': {
    zh: {
      title: '没有要认定的',
      detail: '这段话里没有查出这几个字，或者已经认定过。什么都没有改动。请刷新后再看。',
    },
    en: {
      title: 'Nothing to clear',
      detail:
        'These words were not found in the text, or were cleared already. Nothing was changed. Reload and look again.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  texts: {
    zh: '公开的文字：先查有没有身份证号、电话、住址、全名、病贫称呼。',
    en: 'Texts that go public: looked through for identity numbers, phones, addresses, whole names, illness and poverty.',
  },
} as const satisfies Tags;

import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'rule.not_found': {
    zh: { title: '没有这条细则', detail: '没有找到这条细则，积分没有变动。请刷新后重选。' },
    en: {
      title: 'No such rule',
      detail: 'This rule was not found; no points moved. Reload and choose again.',
    },
  },
  'rule.code_taken': {
    zh: { title: '编号已用过', detail: '细则编号[ {code} ]已有别的细则在用，没有保存。请换一个编号。' },
    en: {
      title: 'Code taken',
      detail: 'This rule code[ ({code})] belongs to another rule; nothing was saved. Choose another code.',
    },
  },
  'rule.disabled': {
    zh: { title: '细则已停用', detail: '这条细则已停用，没有提交，积分没有变动。请另选一条。' },
    en: {
      title: 'Rule switched off',
      detail: 'This rule is switched off; nothing was sent, no points moved. Choose another rule.',
    },
  },
  'rule.points': {
    zh: {
      title: '分值不合细则',
      detail:
        '分值与细则不符[（允许 {least:points} 到 {most:points} 分）]，没有提交，积分没有变动。请按细则的分值[（{least:points} 到 {most:points} 分）]填写。',
    },
    en: {
      title: 'Points do not fit the rule',
      detail:
        'The points do not fit the rule[ (it allows {least:points} to {most:points})]; nothing was sent, no points moved. Enter what the rule says[ ({least:points} to {most:points})].',
    },
  },
  'rule.option_missing': {
    zh: {
      title: '没选是哪一档',
      detail:
        '[“{code} {title}”]要从几档里选一档[：{options:list}]；没有提交，积分没有变动。请选准一档，分值照那一档。',
    },
    en: {
      title: 'No option was chosen',
      detail:
        '[“{code} {title}” names several, and a deed is one of them: {options:list}. ]Nothing was sent, no points moved. Choose one of them; its points go with it.',
    },
  },
  'rule.options_incomplete': {
    zh: {
      title: '分档没有填对',
      detail:
        '分档计分要填[ {least} ]到[ {most} ]档，名字不能重复，每档都有分，并且要么都加分、要么都扣分；没有保存，积分没有变动。请改好再保存。',
    },
    en: {
      title: 'The options are not complete',
      detail:
        'Points by option need[ {least} to {most}] options with different names, each with points, and either all give or all take; nothing was saved, no points moved. Put them right and save again.',
    },
  },
  'rule.cap_incomplete': {
    zh: {
      title: '上限没有填全',
      detail:
        '上限要写明按什么时间算，还要写明最多几次或最多几分；没有保存，积分没有变动。请补全，或者选“不限”。',
    },
    en: {
      title: 'The cap is incomplete',
      detail:
        'A cap names a period, and how often or how many points at most; nothing was saved, no points moved. Complete it, or choose “no limit”.',
    },
  },
  'rule.cap_times': {
    zh: {
      title: '已到细则的上限',
      detail:
        '超过细则的上限[：{group}][ {number} 号][ {head}][，“{code} {title}”][（{about}）][{period:every} {limit} 次][，{when:when}已有 {used} 次][（其中 {waiting} 笔待审核）][；还有 {others:list}][，一共 {count} 户]。积分没有变动。请去掉已到上限的农户再试。',
    },
    en: {
      title: 'The rule’s cap is reached',
      detail:
        'This goes over the rule’s cap[: {group}][ no. {number}][ {head}][, “{code} {title}”][ ({about})][ allows {limit} × {period:every}][, and {when:when} already has {used}][ ({waiting} of them waiting)][; also {others:list}][, {count} households in all]. No points moved. Take out the households at the cap and try again.',
    },
  },
  'rule.cap_points': {
    zh: {
      title: '超过细则的上限',
      detail:
        '超过细则的上限[：{group}][ {number} 号][ {head}][，“{code} {title}”][（{about}）][{period:every}最多 {limit:points} 分][，{when:when}已有 {used:points} 分][（其中 {waiting} 笔待审核）][，还剩 {left:points} 分][，这一笔是 {wanted:points} 分][；还有 {others:list}][，一共 {count} 户]。积分没有变动。请减少分值，或去掉已到上限的农户再试。',
    },
    en: {
      title: 'More than the rule’s cap',
      detail:
        'This goes over the rule’s cap[: {group}][ no. {number}][ {head}][, “{code} {title}”][ ({about})][ allows {limit:points} points {period:every}][, and {when:when} already has {used:points}][ ({waiting} deeds of it waiting)][, {left:points} are left][, this one is {wanted:points}][; also {others:list}][, {count} households in all]. No points moved. Give fewer points, or take out the households at the cap and try again.',
    },
  },
  'rule.forbidden_subject': {
    zh: {
      title: '不能用积分来管',
      detail:
        '积分不得与信访、信仰、言论、生育挂钩，也不得罚款、停补助、卡证明、动土地、不让人赴席。这条细则没有启用，积分没有变动。请改掉有关内容，或保持停用。',
    },
    en: {
      title: 'Not for points to judge',
      detail:
        'Points must not depend on petitions, faith, speech or births, and must not fine, cut welfare, keep papers, touch land or bar people from banquets. The rule was not put in force, no points moved. Change its wording, or leave it switched off.',
    },
  },
  'rule.day': {
    zh: {
      title: '这一天不能起算',
      detail:
        '没有保存，积分没有变动。新版本要先公示[，最早从 {first} 起算]，最晚不能超过一年。请另选一天；停用细则、收紧上限、只改文字，可以当天起算。',
    },
    en: {
      title: 'It cannot count from this day',
      detail:
        'Nothing was saved, no points moved. A new version is published first[, counts from {first} at the earliest], and begins within a year. Choose another day; switching a rule off, a tighter cap and mere words may count at once.',
    },
  },
  'rule.announced': {
    zh: {
      title: '已有一版在公示',
      detail:
        '没有保存，积分没有变动。这条细则已有一版在公示[（第 {version} 版，从 {from} 起算）]，新的改动不能比它早。请选那一天或以后的日子，或先撤回那一版。',
    },
    en: {
      title: 'A version is published already',
      detail:
        'Nothing was saved, no points moved. A version of this rule is published already[ (version {version}, from {from})], and nothing new may begin before it. Choose its day or a later one, or take that version back first.',
    },
  },
  'rule.meeting_day': {
    zh: {
      title: '日期不对',
      detail: '没有保存，积分没有变动。开会日期和备案日期不能晚于今天，备案不能早于开会。请改日期再保存。',
    },
    en: {
      title: 'Wrong day',
      detail:
        'Nothing was saved, no points moved. The days of the meeting and of the filing cannot lie in the future, and nothing is filed before it was decided. Put the day right and save again.',
    },
  },
  'rule.version_fixed': {
    zh: {
      title: '这一版不能撤回',
      detail:
        '没有撤回，积分没有变动。只有还没起算、并且前面还有一版的，才能撤回。已经起算的请再改一版；新增的细则不要了，请停用它。',
    },
    en: {
      title: 'This version cannot be taken back',
      detail:
        'Nothing was taken back, no points moved. Only a version that does not count yet and follows another can be. Change a version that counts by a new one, and switch off a new rule that is not wanted.',
    },
  },
  'rule.wrong_proposer': {
    zh: {
      title: '这条细则要别人来报',
      detail:
        '[“{code} {title}”写明由{who}申报。]没有提交，积分没有变动[：{number} 号 {head}是您自己或亲属家]。请让细则写明的人来报。',
    },
    en: {
      title: 'Somebody else proposes under this rule',
      detail:
        '[“{code} {title}” is proposed by {who}. ]Nothing was sent, no points moved[: no. {number} {head} is your own or your family’s household]. Have it proposed by those whom the rule names.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  rules: {
    zh: '一件事值多少分。修改就是新版本，旧账保留当时的版本。',
    en: 'What a deed is worth. A change is a new version; entries keep the one they were made under.',
  },
} as const satisfies Tags;

import type { ErrorSentences } from './sentence.ts';

/** 发生了什么、积分动没动、该怎么办：交上来的表格，和积分细则。 */
export const zhPapers = {
  'paper.unreadable': {
    title: '表格读不懂',
    detail: '[{zh}]这个文件没有读成，什么都没有写入。请换成 .xlsx、.xls 或 .csv 文件再试。',
  },
  'paper.too_large': {
    title: '文件太大',
    detail: '[{zh}]文件太大，没有读取，什么都没有写入。请分成几个文件再导入。',
  },
  'paper.too_many': {
    title: '没确认的表格太多',
    detail:
      '村里上传了还没有确认的表格太多[（一共最多 {limitMb} MB）]，这一份没有读取，什么都没有写入。请先确认已经上传的，或者过几天再传：没有确认的七天后清除。',
  },
  'paper.not_found': { title: '没有这次导入', detail: '没有找到这次导入，什么都没有写入。请重新上传文件。' },
  'paper.committed': {
    title: '已经导入过',
    detail: '这次导入已经写入，没有再写一遍，积分没有再动。请查看导入结果。',
  },
  'paper.nothing': {
    title: '没有可写入的',
    detail: '文件里没有可以写入的行，什么都没有写入。请按提示改好再上传。',
  },
  'rule.not_found': { title: '没有这条细则', detail: '没有找到这条细则，积分没有变动。请刷新后重选。' },
  'rule.code_taken': {
    title: '编号已用过',
    detail: '细则编号[ {code} ]已有别的细则在用，没有保存。请换一个编号。',
  },
  'rule.disabled': { title: '细则已停用', detail: '这条细则已停用，没有提交，积分没有变动。请另选一条。' },
  'rule.points': {
    title: '分值不合细则',
    detail:
      '分值与细则不符[（允许 {least:points} 到 {most:points} 分）]，没有提交，积分没有变动。请按细则的分值[（{least:points} 到 {most:points} 分）]填写。',
  },
  'rule.cap_incomplete': {
    title: '上限没有填全',
    detail:
      '上限要写明按什么时间算，还要写明最多几次或最多几分；没有保存，积分没有变动。请补全，或者选“不限”。',
  },
  'rule.cap_times': {
    title: '已到细则的上限',
    detail:
      '超过细则的上限[：{group}][ {number} 号][ {head}][，“{code} {title}”][{period:every} {limit} 次][，{when:when}已有 {used} 次][（其中 {waiting} 笔待审核）][；还有 {others:list}][，一共 {count} 户]。积分没有变动。请去掉已到上限的农户再试。',
  },
  'rule.cap_points': {
    title: '超过细则的上限',
    detail:
      '超过细则的上限[：{group}][ {number} 号][ {head}][，“{code} {title}”][{period:every}最多 {limit:points} 分][，{when:when}已有 {used:points} 分][（其中 {waiting} 笔待审核）][，还剩 {left:points} 分][，这一笔是 {wanted:points} 分][；还有 {others:list}][，一共 {count} 户]。积分没有变动。请减少分值，或去掉已到上限的农户再试。',
  },
  'rule.forbidden_subject': {
    title: '不能用积分来管',
    detail:
      '积分不得与信访、信仰、言论、生育挂钩，这条细则没有启用，积分没有变动。请改掉有关内容，或保持停用。',
  },
} satisfies Partial<ErrorSentences>;

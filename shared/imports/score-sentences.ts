/** The sentences about a month's score sheet. Words in braces are filled in. */
export const SCORE_PAPER_SENTENCES = {
  // Asked before anything is proposed
  ask_looks_scores: {
    zh: '这张表看着像评分表，不是这一页要的表。',
    en: 'This paper looks like a score sheet, not like what this page is for.',
  },
  ask_score_day: {
    zh: '表里有 {count} 件事没有写日期。这些事算在哪一天？上限按这一天所在的月份算。',
    en: '{count} deeds of this paper have no date. On which day shall they count? Caps are counted in the month of that day.',
  },
  ask_score_ones: {
    zh: '表里有 {count} 格写的是 1，可这些细则不是记 1 分（{examples}）。1 是打勾的意思吗？',
    en: '{count} cells hold a 1 under rules that do not give 1 point ({examples}). Is a 1 a tick?',
  },
  ask_score_units: {
    zh: '有 {count} 格是按小时、按次这类算分的细则（{examples}）。格子里写的是得多少分，还是多少小时、多少次？',
    en: '{count} cells are under rules that give so much for each hour or the like ({examples}). Do they say the points, or how many?',
  },
  ask_score_twice: {
    zh: '有 {count} 件事，同一户、同一条、同一天在表里出现了不止一次（{examples}）。确实是两件事吗？',
    en: '{count} deeds stand twice on the paper: the same household, rule and day ({examples}). Are they really two?',
  },
  ask_score_standing: {
    zh: '有 {count} 件事，那一天已经有人报过（{examples}）。确实是另外的事吗？',
    en: '{count} deeds were proposed for that day already ({examples}). Are these really others?',
  },

  // The sheet
  score_no_rules: {
    zh: '没有认出细则：要么有“细则”一列，要么每条细则各占一列，列头写编号（A1）或细则内容。',
    en: 'No rules were found: either there is a column for the rule, or each rule has a column, headed by its code (A1) or wording.',
  },
  score_too_many: {
    zh: '表里的事超过 {limit} 件。一次最多报 {limit} 件，请分成几张表。',
    en: 'The paper holds more than {limit} deeds. At most {limit} are proposed at once; split it into several papers.',
  },
  score_more_wrong: {
    zh: '不对的格子太多，后面的没有再看。请先改好列出来的。',
    en: 'Too many cells are wrong; the rest was not looked at. Correct those that are named first.',
  },
  score_many_months: {
    zh: '这个文件里有几个月的表。一次只导一个月：请在“各列是怎样理解的”里选一张。',
    en: 'This file holds the sheets of several months. Import one at a time: choose it under “How the columns were understood”.',
  },
  score_column_unnamed: {
    zh: '这一列没有列头，里面却写了东西。请写上细则编号，或者把这一列删掉。',
    en: 'This column has no header, but something stands in it. Head it with the code of a rule, or delete it.',
  },

  // A cell
  score_unreadable: {
    zh: '“{value}”不是分，也不是打勾。请写成 5、-2 或 √。',
    en: '“{value}” is neither points nor a tick. Write 5, -2 or √.',
  },
  score_no_value: {
    zh: '这一格是公式或错误值，看不出是几分。请直接写数字。',
    en: 'The cell is a formula without a result, or an error value. Write the figure.',
  },
  score_merged: {
    zh: '这一格是合并的，分不清是哪一户、哪一条的分。请拆开，一户一格。',
    en: 'This cell is merged, so that nobody can tell whose points they are. Split it: one cell for each household.',
  },
  score_rule_missing: { zh: '没有写是哪一条细则。', en: 'The rule is missing.' },
  score_day_unreadable: {
    zh: '“{value}”看不出是哪一天。请写全年月日，如 2026-11-05。',
    en: '“{value}” is no day. Write year, month and day: 2026-11-05.',
  },
  score_word_long: { zh: '最多 {limit} 个字。', en: 'At most {limit} characters.' },
  score_sum_unreadable: {
    zh: '“{value}”不是数字，没法和前面的分核对。',
    en: '“{value}” is no figure; it cannot be compared with the points.',
  },

  // Against what the village has
  village_score_sum: {
    zh: '写的是 {value}，前面各格加起来是 {sum:points}。请看看哪一格错了。',
    en: 'It says {value}, but the cells come to {sum:points}. See which cell is wrong.',
  },
  village_rule_unknown: {
    zh: '细则里没有“{value}”。请写细则编号（如 A1），或一字不差的细则内容；不是细则的列请删掉。',
    en: 'The rule book has no “{value}”. Write the code of a rule (A1), or its wording as it stands there; delete columns that are no rules.',
  },
  village_rule_unclear: {
    zh: '“{value}”对得上 {count} 条细则（{codes}），分不清是哪一条。请写编号。',
    en: '“{value}” fits {count} rules ({codes}). Write the code.',
  },
  village_rule_titled: {
    zh: '编号 {code} 在细则里是“{title}”，和“{value}”对不上。请改正编号，或只写编号。',
    en: 'Code {code} is “{title}” in the rule book, which is not “{value}”. Correct the code, or write the code alone.',
  },
  village_rule_off: {
    zh: '细则 {code}“{title}”已停用，不能再记分。',
    en: 'Rule {code} “{title}” is switched off and gives no points.',
  },
  village_score_tick: {
    zh: '细则 {code} 没有固定分值，不能只打勾。请写上几分。',
    en: 'Rule {code} has no fixed points, so a tick is not enough. Write the points.',
  },
  village_score_one: {
    zh: '细则 {code} 是 {points:points} 分，这里写 1：是打勾还是 1 分？请在上面回答，或改成 √。',
    en: 'Rule {code} gives {points:points}; this says 1. Is it a tick or one point? Answer above, or write √.',
  },
  village_score_points: {
    zh: '不合细则 {code} 的分值[：只能是 {only:points} 分][：只能是 {least:points} 到 {most:points} 分][，按 {step:points} 分一档]。',
    en: 'This does not fit the points of rule {code}[: it gives {only:points}][: it allows {least:points} to {most:points}][, in steps of {step:points}].',
  },
  village_score_future_day: {
    zh: '{day} 不行：不能在今天以后，也不能早于一年前。',
    en: 'Not {day}: the day cannot be after today, nor more than a year ago.',
  },
  village_score_member: {
    zh: '细则 {code} 按人算上限，要写明是家里哪一位（表里加一列“成员”）。',
    en: 'Rule {code} is counted for each member: say which one (add a column for the member).',
  },
  village_score_event: {
    zh: '细则 {code} 按事算上限，要写明是哪一件、哪一场（表里加一列“事件”）。',
    en: 'Rule {code} is counted for each event: say which one (add a column for the event).',
  },
  village_score_cap_times: {
    zh: '{number} {head}：细则 {code}[（{about}）] {period:every} {limit} 次[，{when:when}已有 {used} 次]，再记就超了。',
    en: '{number} {head}: rule {code}[ ({about})] allows {limit} × {period:every}[, and {when:when} already has {used}]; this one is too many.',
  },
  village_score_cap_points: {
    zh: '{number} {head}：细则 {code}[（{about}）] {period:every}最多 {limit:points} 分[，{when:when}已有 {used:points} 分][，还剩 {left:points} 分]，这一格是 {wanted:points} 分。',
    en: '{number} {head}: rule {code}[ ({about})] allows {limit:points} points {period:every}[, and {when:when} already has {used:points}][, {left:points} are left]; this one is {wanted:points}.',
  },
  village_score_refused: { zh: '这一件报不上去。[{zh}]', en: 'This one is refused. [{en}]' },
  village_score_twice: {
    zh: '同一户、同一条、同一天，{first} 已经有了。',
    en: 'The same household, rule and day as {first}.',
  },
  village_score_standing: {
    zh: '{number} {head} 的 {code} 在 {day} 已经报过[（第 {entry} 号凭证）]。',
    en: '{code} of {number} {head} was proposed for {day} already[ (entry {entry})].',
  },
  village_score_all_standing: {
    zh: '这张表里的 {count} 件事都已经报过了，不用再导。真有没报的，请单独报。',
    en: 'All {count} deeds of this paper were proposed already; there is nothing to import. Propose by hand what is really new.',
  },

  // Assumptions
  assume_score_list: {
    zh: '认作清单：一行一件事。',
    en: 'Taken for a list: a row for each deed.',
  },
  assume_score_table: {
    zh: '认作总表：一行一户，一条细则一列，空格不记分。',
    en: 'Taken for a table: a row for each household, a column for each rule; empty cells are nothing.',
  },
  assume_score_columns_left: {
    zh: '这些列没有读：{columns}。',
    en: 'These columns were not read: {columns}.',
  },
  assume_score_sums: {
    zh: '合计列只用来核对，不记分：{columns}。',
    en: 'Columns of sums are only compared: {columns}.',
  },
} as const;

/** The sentences about a village's own rule book. Words in braces are filled in. */
export const RULE_PAPER_SENTENCES = {
  title_missing: { zh: '没有细则内容，这一行没有收。', en: 'No wording; the row is left out.' },
  code_unreadable: {
    zh: '“{value}”不能作细则编号，这一行没有收。',
    en: '“{value}” cannot be a rule code; the row is left out.',
  },
  code_taken: {
    zh: '编号 {code} 已用在第 {row} 行的另一条细则，这一行没有收。',
    en: 'Code {code} belongs to another rule in row {row}; this row is left out.',
  },
  duplicate_rule: {
    zh: '细则 {code} 与第 {row} 行相同，只收第 {row} 行。',
    en: 'Rule {code} repeats row {row}; only row {row} is kept.',
  },
  points_none: {
    zh: '“{value}”不是分值：这条细则不加分也不扣分，只作文字保存。',
    en: '“{value}” is not a number of points: the rule is kept as words and scores nothing.',
  },
  rule_petition: {
    zh: '积分不得与信访挂钩，这条细则已停用。',
    en: 'Points must not depend on petitions; the rule is disabled.',
  },
  rule_faith: {
    zh: '积分不得与信仰挂钩，这条细则已停用。',
    en: 'Points must not depend on faith; the rule is disabled.',
  },
  rule_speech: {
    zh: '积分不得与言论挂钩，这条细则已停用。',
    en: 'Points must not depend on speech; the rule is disabled.',
  },
  rule_births: {
    zh: '积分不得与生育挂钩，这条细则已停用。',
    en: 'Points must not depend on births; the rule is disabled.',
  },
  rule_fines: {
    zh: '积分细则里不能有罚款、没收，这条细则已停用。',
    en: 'A rule for points must not fine or confiscate; the rule is disabled.',
  },
  rule_welfare: {
    zh: '积分不得拿低保、补贴、救助来卡人，这条细则已停用。',
    en: 'Points must not cut welfare or subsidies; the rule is disabled.',
  },
  rule_papers: {
    zh: '积分不得拿开证明、办手续来卡人，这条细则已停用。',
    en: 'Points must not keep papers or certificates from anybody; the rule is disabled.',
  },
  rule_land: {
    zh: '积分不得动宅基地、承包地和分红，这条细则已停用。',
    en: 'Points must not touch land or its yield; the rule is disabled.',
  },
  rule_banquets: {
    zh: '积分细则里不能禁止别人赴席，这条细则已停用。',
    en: 'A rule must not bar people from banquets; the rule is disabled.',
  },
  enabled_unreadable: {
    zh: '“{value}”看不出是否启用，按停用处理。',
    en: '“{value}” does not say whether the rule is on; taken as off.',
  },

  // Against the village
  village_rule_points: {
    zh: '分值“{value}”不成规矩，这条细则没有收。',
    en: 'The points “{value}” do not make a rule; it is left out.',
  },
  village_rule_cap: {
    zh: '这条细则现在的上限没有填全，没有收。请先在“积分细则”里补全上限。',
    en: 'The cap this rule has now is incomplete, so the row is left out. Complete the cap in the rule book first.',
  },

  village_rule_announced: {
    zh: '细则 {value} 已有一版在公示、还没起算，这一行没有收。请先在“积分细则”里撤回那一版，或等它起算。',
    en: 'A version of rule {value} is published and does not count yet; the row is left out. Take that version back in the rule book first, or wait for its day.',
  },

  // Assumptions
  assume_codes_given: {
    zh: '文件里没有细则编号，按先后顺序编号。',
    en: 'The paper has no rule codes; they were given in its order.',
  },
  assume_lists_noted: {
    zh: '{count} 条细则里像是分了几档，可是读不全，或者和“分值”对不上：按“分值”一栏收，没有分档（{examples}）。要分档，请收进来以后在“积分细则”里改。',
    en: '{count} rules seem to name several options, but not all could be read, or they do not agree with the points: taken by the column of points, without options ({examples}). To have options, change them in the rule book afterwards.',
  },
  assume_limits_noted: {
    zh: '{count} 条细则的上限说不准怎么计（按天、周、月、季、年，按户、按人、按事都不好算），或者只计得了一部分；计不了的话只作说明，系统不会按它限制（{examples}）。',
    en: 'The limits of {count} rules cannot be counted by day, week, month, quarter or year, nor by household, member or event, or only in part; what cannot is kept as a note and is not enforced ({examples}).',
  },
} as const;

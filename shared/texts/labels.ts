/**
 * Words that say of people that they are ill, disabled or poor. Neither a board nor a printed notice carries one beside a
 * household, even if its name is masked: health and need are sensitive personal data. docs/public-texts.md names the sources.
 * This is the whole list.
 */
const LABELS = [
  // Poverty and its registers.
  ...['(?<![最降减])低保(?![护证金费温障质持留险鲜养本])', '五保(?!障)', '特困', '建档立卡', '脱贫户'],
  ...[
    '(?:贫困|困难|监测|边缘|易返贫)(?:户|家庭|人口|学生|群众)',
    '贫困老人',
    '因病致贫',
    '因残致贫',
    '低收入家庭',
  ],
  // Disability.
  ...['残疾', '残障', '智障', '智残', '弱智', '聋哑', '瘫痪', '偏瘫', '截瘫', '脑瘫'],
  // Illness.
  ...['癌', '肿瘤', '白血病', '尿毒症', '艾滋', '梅毒', '性病', '肺结核', '肝炎', '乙肝', '癫痫', '羊癫疯'],
  ...[
    '精神病',
    '精神障碍',
    '精神分裂',
    '精神疾病',
    '抑郁症',
    '躁郁症',
    '自闭症',
    '痴呆',
    '脑梗',
    '脑出血',
    '脑溢血',
  ],
  ...[
    '(?<!严)重病(?![虫害])',
    '(?<!重)大病(?![虫害]|保险|医保)',
    '(?<!没有|无)患病(?![虫害])',
    '绝症',
    '传染病人',
  ],
  ...['心脏病', '糖尿病', '高血压病人', '病残', '伤残'],
];

/** Bodies, papers and talks whose names hold such a word and say nothing of anybody. */
const NO_LABELS =
  /残疾人联合会|残联|全国助残日|助残日|(?:两癌|癌症|肿瘤)(?:筛查|普查|防治|讲座)|(?:乙肝|肝炎)疫苗|(?:高血压|糖尿病|肺结核|艾滋病|精神病|癌症|心脏病)(?:防治|预防|宣传|讲座|知识|义诊)/gu;

export const LABEL = new RegExp(LABELS.join('|'), 'gu');

/** The text with those names taken out, sign for sign, so that places stay what they are. */
export function withoutNoLabels(text: string): string {
  return text.replace(NO_LABELS, (name) => ' '.repeat(name.length));
}

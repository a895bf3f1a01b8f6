import { GOODS_PAPER_SENTENCES } from '../goods/paper-sentences.ts';
import { HOUSEHOLD_PAPER_SENTENCES } from '../households/paper-sentences.ts';
import { RULE_PAPER_SENTENCES } from '../rules/paper-sentences.ts';
import { type Catalogue, say } from '../sentence.ts';
import { SCORE_PAPER_SENTENCES } from './score-sentences.ts';

/**
 * The sentences about a village's paper: why a file cannot be read, a fault in a row, why a row was passed over, an
 * assumption. Words in braces are filled in.
 */
const PAPER_SENTENCES = {
  ...HOUSEHOLD_PAPER_SENTENCES,
  ...GOODS_PAPER_SENTENCES,
  ...RULE_PAPER_SENTENCES,
  ...SCORE_PAPER_SENTENCES,

  // Asked before anything is written
  ask_looks_roster: {
    zh: '这张表看着像花名册，不是这一页要的表。',
    en: 'This paper looks like a roster, not like what this page is for.',
  },
  ask_looks_balances: {
    zh: '这张表看着像旧积分，不是这一页要的表。',
    en: 'This paper looks like points from before, not like what this page is for.',
  },
  ask_looks_rules: {
    zh: '这张表看着像积分细则，不是这一页要的表。',
    en: 'This paper looks like a rule book, not like what this page is for.',
  },
  ask_looks_goods: {
    zh: '这张表看着像商品清单，不是这一页要的表。',
    en: 'This paper looks like a list of goods, not like what this page is for.',
  },
  ask_other_title: {
    zh: '这张表写的是{title}，这里是{village}。确定导入吗？',
    en: 'This paper says {title}; this village is {village}. Import it all the same?',
  },
  ask_old_title: {
    zh: '这张表写的是{title}，不是今年或去年的。确定导入吗？',
    en: 'This paper says {title}, which is neither this year nor last year. Import it all the same?',
  },
  ask_address_numbers: {
    zh: '“{column}”这一列像是门牌地址，不是户号（{examples}）。',
    en: 'The column “{column}” looks like addresses, not household numbers ({examples}).',
  },

  // The file as a whole
  file_empty: { zh: '文件是空的，里面没有内容。', en: 'The file is empty.' },
  file_too_large: { zh: '文件太大：最多 {limit} MB。', en: 'The file is too large: {limit} MB at most.' },
  file_unpacks_too_large: {
    zh: '文件展开后超过 {limit} MB，不予打开。',
    en: 'The file unpacks to more than {limit} MB and was not opened.',
  },
  file_too_many_rows: {
    zh: '工作表“{sheet}”超过 {limit} 行。',
    en: 'Sheet “{sheet}” has more than {limit} rows.',
  },
  file_too_many_columns: {
    zh: '工作表“{sheet}”超过 {limit} 列。',
    en: 'Sheet “{sheet}” has more than {limit} columns.',
  },
  file_too_many_sheets: {
    zh: '这个文件里的工作表太多。请只留下要导入的那几张。',
    en: 'This file has too many sheets. Keep only those to be imported.',
  },
  file_not_spreadsheet: {
    zh: '这不是电子表格。请用 .xlsx、.xls 或 .csv 文件。',
    en: 'This is not a spreadsheet. Use an .xlsx, .xls or .csv file.',
  },
  file_web_page: {
    zh: '这个文件其实是网页。请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入。',
    en: 'This file is really a web page. Open it in a spreadsheet program, save it as .xlsx and import that.',
  },
  file_old_excel: {
    zh: '这是 Excel 95 或更早的格式。请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入。',
    en: 'This is the format of Excel 95 or before. Open it in a spreadsheet program, save it as .xlsx and import that.',
  },
  file_damaged: {
    zh: '文件已损坏或不完整，请重新保存后再试。',
    en: 'The file is damaged or cut short; save it again.',
  },
  file_password: {
    zh: '文件设有打开密码。请去掉密码，另存后再导入。',
    en: 'The file has a password. Save it without one and import that.',
  },
  file_quotes: {
    zh: '第 {row} 行附近的引号不成对，后面的内容无法分清。',
    en: 'The quotation marks near row {row} do not match, so what follows cannot be told apart.',
  },

  // A sheet or a column
  sheet_missing: { zh: '没有名为“{value}”的工作表。', en: 'There is no sheet named “{value}”.' },
  header_missing: {
    zh: '没有找到表头，请手工指定表头所在行和各列。',
    en: 'No header row was found; choose it and the columns by hand.',
  },
  column_missing: {
    zh: '没有找到“{value}”列，请手工指定。',
    en: 'The column for “{value}” was not found; choose it by hand.',
  },
  column_unknown: { zh: '没有 {value} 这一列。', en: 'There is no column {value}.' },
  identity_column: {
    zh: '“{column}”列是身份证号或银行卡号，整列不读取、不保存。',
    en: 'Column “{column}” holds identity or bank card numbers; it is not read and not kept.',
  },

  // Any cell
  identity_removed: {
    zh: '单元格里有身份证号或银行卡号，已去掉，不保存。',
    en: 'The cell held an identity or bank card number; it was removed and is not kept.',
  },
  cell_too_long: {
    zh: '内容超过 {limit} 个字，这一行没有收。',
    en: 'Longer than {limit} characters; the row is left out.',
  },
  cell_broken: { zh: '单元格是错误值，按空白处理。', en: 'The cell holds an error value; taken as blank.' },
  cell_no_value: {
    zh: '单元格是公式，但文件里没有它的结果，按空白处理。',
    en: 'The cell is a formula without a stored result; taken as blank.',
  },
  cell_hostile: {
    zh: '内容像公式或网页代码，这一行没有收。',
    en: 'It looks like a formula or markup; the row is left out.',
  },
  cell_kept_as_text: {
    zh: '内容像公式或网页代码，只当作文字保存。',
    en: 'It looks like a formula or markup; kept as plain text.',
  },
  text_shortened: {
    zh: '文字太长，只收前 {limit} 个字。',
    en: 'Too long; only the first {limit} characters are kept.',
  },

  // Against what the village has already
  village_head_differs: {
    zh: '户编号 {number} 现在的户主是{now}，表里是{value}，确认后改成表里的，请核对。',
    en: 'Household {number} has the head {now}; the paper says {value}, which will replace it. Please check.',
  },
  village_number_given: {
    zh: '编号 {value} 在村里已有人用，改给 {number}。',
    en: 'Number {value} is taken in the village; {number} is given instead.',
  },
  village_household_closed: {
    zh: '户编号 {number}（{head}）已停用，这一行没有收。',
    en: 'Household {number} ({head}) is closed; the row is left out.',
  },
  village_household_unknown: {
    zh: '村里没有这一户（{who}），这一行没有收。请先导入花名册。',
    en: 'The village has no such household ({who}); the row is left out. Import the roster first.',
  },
  village_household_unclear: {
    zh: '村里有 {count} 户叫{head}，分不清是哪一户，这一行没有收。请补上户编号。',
    en: 'The village has {count} households headed by {head}; the row is left out. Add the household number.',
  },
  village_number_unclear: {
    zh: '{number} 是一户的户号，也是另一户的原户号，分不清，这一行没有收。请补上户主姓名。',
    en: '{number} is the number of one household and the original number of another; the row is left out. Add the head.',
  },
  village_other_head: {
    zh: '户编号 {number} 在村里是{now}，表里是{value}，这一行没有收。请核对编号。',
    en: 'Household {number} is {now} in the village, {value} in the paper; the row is left out. Check the number.',
  },
  village_balance_twice: {
    zh: '第 {row} 行已是同一户，这一行没有收。',
    en: 'Row {row} is the same household; this row is left out.',
  },
  village_balance_differs: {
    zh: '这一户已有期初积分 {now}，表里是 {value}，没有再记。要改，请先冲正第 {number} 号凭证。',
    en: 'The household has an opening balance of {now} already, the paper says {value}; nothing is posted. To change it, reverse entry {number} first.',
  },
  village_balance_waiting: {
    zh: '这一户的期初积分已经提交，正在等待审核，没有再提交。',
    en: 'An opening balance of this household already waits for approval; nothing more is proposed.',
  },
  village_barcode_taken: {
    zh: '条码 {value} 已是商品“{name}”的，这一行没有收。',
    en: 'Barcode {value} belongs to “{name}”; the row is left out.',
  },
  village_stock_kept: {
    zh: '“{name}”现有库存 {now}，表里是 {value}，库存没有改。要改，请用入库或盘点。',
    en: '“{name}” has {now} in stock, the paper says {value}; the stock is left as it is. Use stock-in or stocktake.',
  },

  // Rows passed over
  skip_blank: { zh: '空行', en: 'blank row' },
  skip_number_only: { zh: '只有编号的空行', en: 'row with nothing but a number' },
  skip_total: { zh: '合计行', en: 'total' },
  skip_signature: { zh: '落款或说明', en: 'signature or remark' },
  skip_header: { zh: '重复的表头', en: 'repeated header' },
  skip_title: { zh: '标题或说明', en: 'title or remark' },
  skip_heading: { zh: '小标题，以下各行归入其中', en: 'heading; the rows under it belong to it' },
  skip_member: { zh: '家庭成员，不是户主', en: 'member of a household, not its head' },
  skip_continued: { zh: '与上一行是同一个合并单元格', en: 'same merged cell as the row above' },

  // Assumptions
  assume_encoding: { zh: '文字编码按 {encoding} 读取。', en: 'The text was read as {encoding}.' },
  assume_formulas: {
    zh: '{count} 个公式单元格用了文件里存的结果（{examples}）。',
    en: '{count} formula cells were taken at their stored result ({examples}).',
  },
  assume_two_header_rows: { zh: '表头有两行。', en: 'The header has two rows.' },
  assume_sheets_joined: {
    zh: '表头相同的工作表一起读取：{sheets}。',
    en: 'Sheets with the same header were read together: {sheets}.',
  },
  assume_sheet_left: { zh: '没有读取的工作表：{sheets}。', en: 'Sheets not read: {sheets}.' },
  assume_group_from_above: {
    zh: '{count} 行没有写小组，沿用上面的小组（{examples}）。',
    en: '{count} rows without a group took the one above ({examples}).',
  },
  assume_group_from_sheet: { zh: '小组按工作表名称填写。', en: 'The group is the name of the sheet.' },
  assume_group_from_heading: {
    zh: '小组按小标题填写。',
    en: 'The group is taken from the headings between rows.',
  },
  assume_category_from_above: {
    zh: '{count} 行没有写类别，沿用上面的类别（{examples}）。',
    en: '{count} rows without a category took the one above ({examples}).',
  },
  assume_numbers_given: {
    zh: '文件里没有户编号，按先后顺序编为 {first}–{last}。',
    en: 'The paper has no household numbers; {first}–{last} were given in its order.',
  },
  assume_short_numbers: {
    zh: '{count} 户的编号不好输入（{examples}），另编了短户号；原来的编号留作“原户号”，照样能查到。',
    en: '{count} households have numbers that are hard to type ({examples}); they get short ones, and the old ones still find them.',
  },
  assume_numbers_padded: {
    zh: '{count} 个户编号前面补零，统一为 {width} 位（{examples}）。',
    en: '{count} household numbers were padded with zeros to {width} digits ({examples}).',
  },
  assume_numbers_per_group: {
    zh: '户编号在各组里重复使用，前面加上了组号（例如 {example}）。',
    en: 'Groups reuse the same numbers, so the group’s number was put in front (such as {example}).',
  },
  assume_names_joined: {
    zh: '{count} 个姓名去掉了中间的空格（{examples}）。',
    en: 'Spaces inside {count} names were removed ({examples}).',
  },
  assume_phones_cleaned: {
    zh: '{count} 个电话去掉了空格、横线或全角数字（{examples}）。',
    en: 'Spaces, dashes or full-width digits were removed from {count} phone numbers ({examples}).',
  },
  assume_groups_renamed: {
    zh: '{count} 处小组名称统一写法（{examples}）。',
    en: 'The spelling of the group was unified in {count} places ({examples}).',
  },
  assume_members_counted: {
    zh: '人口按家庭成员的行数计算。',
    en: 'The size is the number of rows of each household.',
  },
  assume_not_checked: {
    zh: '只有余额一栏，没有可核对的数，余额照收。',
    en: 'There is only a balance and nothing to check it against; it is taken as it is.',
  },
  assume_balance_computed: {
    zh: '没有余额一栏，余额由各栏算出。',
    en: 'There is no balance column; the balance was computed.',
  },
  assume_name_with_unit: {
    zh: '{count} 个商品同名不同规格，名称后面加上了规格（{examples}）。',
    en: '{count} goods share a name but not the unit; the unit was added to the name ({examples}).',
  },
  assume_limit_monthly: { zh: '每户限量按每月计。', en: 'The limit per household is taken as per month.' },
} as const satisfies Catalogue;

export type PaperCode = keyof typeof PAPER_SENTENCES;
export type PaperParams = Readonly<Record<string, string | number>>;

/** The sentence in both languages, with its figures. */
export function paperSentence(code: PaperCode, params: PaperParams = {}): { zh: string; en: string } {
  return {
    zh: say(PAPER_SENTENCES, code, params, 'zh'),
    en: say(PAPER_SENTENCES, code, params, 'en'),
  };
}

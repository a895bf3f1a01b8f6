import type { PaperField } from '../../shared/imports/papers.ts';

/** How a column's header is worded. `strong` words decide against `weak` ones; earlier fields before later. */
interface FieldWords {
  readonly field: PaperField;
  /** For messages. */
  readonly label: string;
  readonly strong: RegExp;
  readonly weak?: RegExp;
  /** Taken only where nothing else names the field. */
  readonly last?: RegExp;
}

export interface PaperWords {
  readonly fields: readonly FieldWords[];
  /** One of each of these lists must be there, or the sheet is not this paper. */
  readonly needs: readonly (readonly PaperField[])[];
  /** A row with none of these fields filled is passed over. */
  readonly essential: readonly PaperField[];
  /** These fields name the row. If a merged cell of theirs reaches down, the rows below belong to the same thing. */
  readonly anchor: readonly PaperField[];
  /** Text that identifies something. It is refused if it looks like a formula or markup. Other text is kept as text. */
  readonly keyText: readonly PaperField[];
  readonly freeText: readonly PaperField[];
  /** Single-cell rows that head the rows under them: only names of groups, or any merged row (categories). */
  readonly headings: 'groups' | 'any';
}

/** Headers of columns that are never read. */
export const IDENTITY_HEADER = /身份证|证件号|银行卡|银行账|卡号|社保号|idcard/;

const NUMBER = /^(?:[农住]?户(?:主)?(?:编号|号码?|码|编码|代码|序号)|家庭编号|householdno|householdnumber)$/;
const NUMBER_WEAK = /^(?:编号|编码|号码|户口编号|number)$/;
/** An address, of which a person is asked before it is read. */
export const ADDRESS_HEADER = /门牌|住址|地址|address/;
const NUMBER_LAST = /^(?:农?户|家庭)?门牌(?:号码?|编号)?$/;
const GROUP =
  /^(?:所[属在])?(?:组别|组名|村民小组|小组|村民组|组|组号|村组|生产队|队别|小队|屯|自然村|group)(?:名称?|别)?$/;
const HEAD =
  /^(?:(?:家庭)?户主(?:姓名|名字|名称|名)?|农户(?:姓名|户主)?|家长(?:姓名)?|户名|householdhead|head)$/;
const HEAD_WEAK = /^(?:姓名|名字|name)$/;

export const ROSTER_WORDS: PaperWords = {
  fields: [
    { field: 'relation', label: '与户主关系', strong: /关系$/ },
    { field: 'phone', label: '联系电话', strong: /电话|手机|^联系(?:方式|号码)|^phone|^mobile/ },
    { field: 'number', label: '户编号', strong: NUMBER, weak: NUMBER_WEAK, last: NUMBER_LAST },
    { field: 'group', label: '村民小组', strong: GROUP },
    { field: 'head', label: '户主姓名', strong: HEAD, weak: HEAD_WEAK },
    {
      field: 'size',
      label: '家庭人口',
      strong:
        /^(?:家庭|户内|户籍|全家|常住|在册)?(?:总)?(?:人口|人数|人口数|人口总数|成员数|成员人数|口数)$|^几口人$|^(?:household)?size$/,
    },
    {
      field: 'note',
      label: '备注',
      strong: /^(?:备注|附注|备考|说明|note|remarks?)/,
      weak: /(?:情况|说明)$/,
    },
  ],
  needs: [['head']],
  essential: ['head', 'size', 'phone', 'note'],
  anchor: ['head'],
  keyText: ['number', 'group', 'head'],
  freeText: ['note'],
  headings: 'groups',
};

export const BALANCES_WORDS: PaperWords = {
  fields: [
    { field: 'number', label: '户编号', strong: NUMBER, weak: NUMBER_WEAK, last: NUMBER_LAST },
    { field: 'group', label: '村民小组', strong: GROUP },
    { field: 'head', label: '户主', strong: HEAD, weak: HEAD_WEAK },
    {
      field: 'carried',
      label: '上年结余',
      strong: /^(?:上年|上期|往年|去年|年初|期初|前期|上月|历史).*|^结转.*|^carried/,
    },
    {
      field: 'redeemed',
      label: '已兑换',
      strong:
        /^(?:本[年期月])?(?:累计)?(?:已?兑换|已兑|已用|使用|已使用|支出|消费)(?:积分|分|分值|数)?$|^redeemed$/,
    },
    {
      field: 'deducted',
      label: '扣分',
      strong: /^(?:本[年期月])?(?:累计)?(?:扣分|扣减|扣除)(?:积分)?$|^deducted$/,
    },
    {
      field: 'balance',
      label: '现余额',
      strong:
        /(?:余额|结余|剩余|余分|可用)(?:积分|分|分数|分值)?$|^(?:现有|当前|目前|可用|剩余|现)积分$|^balance$/,
      weak: /^(?:积分|总积分|积分数|points)$/,
    },
    {
      field: 'earned',
      label: '本年得分',
      strong:
        /^(?:本[年期月])?(?:累计)?(?:得分|加分|新增|获得|获得积分|新增积分|奖励积分|收入)$|^(?:本[年期月]|累计)积分$|^earned$/,
      weak: /^(?:总?积分)$/,
    },
  ],
  needs: [
    ['number', 'head'],
    ['balance', 'earned', 'carried'],
  ],
  essential: ['carried', 'earned', 'deducted', 'redeemed', 'balance'],
  anchor: ['number', 'head'],
  keyText: ['number', 'group', 'head'],
  freeText: [],
  headings: 'groups',
};

export const RULES_WORDS: PaperWords = {
  fields: [
    {
      field: 'code',
      label: '编号',
      strong: /^(?:细则|条款|规则)?(?:编号|代码|编码|代号)$|^code$/,
      last: /^序号$/,
    },
    { field: 'limit', label: '上限', strong: /上限|限制|频次|次数|封顶|^限|^limit$/ },
    // 项目 is the wording, or where another column is that (项目, 细则), what the wording stands under.
    {
      field: 'title',
      label: '内容',
      strong: /^(?:积分|评分|具体)?(?:内容|细则|事项|二级指标|行为|条款|title)$/,
      weak: /(?:内容|细则|事项|标准|项目)$/,
    },
    {
      field: 'category',
      label: '类别',
      strong: /^(?:积分)?(?:类别|分类|类型|大类|一级指标|category)$/,
      weak: /^(?:积分|评分)?项目$/,
    },
    {
      field: 'points',
      label: '分值',
      strong: /^(?:积分)?(?:分值|分数|得分|赋分|points)$|^(?:奖励)?积分$/,
      weak: /分值?$/,
    },
    {
      field: 'proposer',
      label: '申报人',
      strong:
        /^(?:申报|提出|上报|申请|提报|认定)(?:人|主体|方式|单位)?$|^谁来?(?:申?报|提|认定?)$|^proposer$/,
    },
    { field: 'evidence', label: '佐证', strong: /佐证|凭证|依据|证明|材料|^凭什么$|^evidence$/ },
    { field: 'enabled', label: '启用', strong: /启用|是否有效|^状态$|^enabled$/ },
  ],
  needs: [['title'], ['points']],
  essential: ['title', 'points'],
  anchor: ['title'],
  keyText: ['code', 'category', 'title'],
  freeText: ['proposer', 'evidence', 'limit'],
  headings: 'any',
};

export const GOODS_WORDS: PaperWords = {
  fields: [
    { field: 'barcode', label: '条码', strong: /条码|条形码|^barcode$|^ean$/ },
    { field: 'limit', label: '每户限量', strong: /限兑|限购|限领|限量|每户限|^limit$/ },
    { field: 'category', label: '类别', strong: /^(?:商品)?(?:类别|分类|类型|品类|category)$/ },
    { field: 'name', label: '名称', strong: /^(?:商品|物品|货物|品)?(?:名称|品名|名)$|^(?:商品|物品|name)$/ },
    { field: 'unit', label: '单位', strong: /^(?:计量)?(?:单位|规格|unit)$/ },
    { field: 'price', label: '积分价', strong: /积分|分值|^points?$|^price$/ },
    {
      field: 'cost',
      label: '成本',
      strong: /成本|进价|采购价|^cost/,
      weak: /^(?:单价|价格|金额|市场价|零售价)$/,
    },
    { field: 'stock', label: '库存', strong: /库存|^(?:现有|入库|进货)?数量$|^stock$|^quantity$/ },
  ],
  needs: [['name'], ['price']],
  essential: ['name', 'price', 'cost', 'barcode'],
  anchor: ['name'],
  keyText: ['category', 'name', 'unit'],
  freeText: [],
  headings: 'any',
};

const DATE = /^(?:发生|申报|得分|加分|记分)?(?:日期|时间)$|^(?:date|day)$/;
const MEMBER = /^(?:家庭)?成员(?:姓名)?$|^(?:家里)?(?:哪一?[位个]|何人)$|^member$/;
const EVENT = /^(?:哪一?[件场处](?:事)?|事件|地点|活动(?:名称)?)$|^(?:event|place)$/;

/** A month's scores as a list: a row for each deed. */
export const SCORE_LIST_WORDS: PaperWords = {
  fields: [
    {
      field: 'rule',
      label: '细则',
      strong:
        /^(?:积分)?(?:细则|规则|条款)(?:编号|编码|代码|号|名称|内容)?$|^(?:加分|扣分|加减分|得分|积分|评分)(?:细则|项目?|事项|内容|原因|事由|理由)$|^rule(?:code)?$/,
      weak: /^(?:项目|事项|事由|内容|行为|具体事项)$/,
    },
    { field: 'number', label: '户编号', strong: NUMBER, weak: NUMBER_WEAK, last: NUMBER_LAST },
    { field: 'group', label: '村民小组', strong: GROUP },
    { field: 'head', label: '户主', strong: HEAD, weak: HEAD_WEAK },
    {
      field: 'points',
      label: '分值',
      strong: /^(?:分值|分数|得分|计分|记分|积分|加分|扣分|加减分|积分值|points?|score)$/,
    },
    { field: 'date', label: '日期', strong: DATE },
    { field: 'member', label: '成员', strong: MEMBER },
    { field: 'event', label: '事件', strong: EVENT },
    { field: 'note', label: '备注', strong: /^(?:备注|附注|备考|说明|note|remarks?)$/ },
  ],
  needs: [['number', 'head'], ['rule']],
  essential: ['rule', 'points'],
  // One household may stand merged beside several deeds, and one rule beside several households.
  anchor: [],
  keyText: ['number', 'group', 'head', 'rule'],
  freeText: ['member', 'event', 'note'],
  headings: 'groups',
};

/** A month's scores as a table. Columns that are none of these fields are rules, sums, or left out. */
export const SCORE_TABLE_WORDS: PaperWords = {
  fields: [
    { field: 'number', label: '户编号', strong: NUMBER, weak: NUMBER_WEAK, last: NUMBER_LAST },
    { field: 'group', label: '村民小组', strong: GROUP },
    { field: 'head', label: '户主', strong: HEAD, weak: HEAD_WEAK },
    { field: 'date', label: '日期', strong: DATE },
    { field: 'member', label: '成员', strong: MEMBER },
    { field: 'event', label: '事件', strong: EVENT },
  ],
  needs: [['number', 'head']],
  essential: ['number', 'head'],
  // A household that is merged over two rows has points in both.
  anchor: [],
  keyText: ['number', 'group', 'head'],
  freeText: ['member', 'event'],
  headings: 'groups',
};

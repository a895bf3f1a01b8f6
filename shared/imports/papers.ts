import { z } from 'zod';
import { day, hundredths, fen } from '../fields.ts';
import { barcode, GOODS_KINDS } from '../goods/contract.ts';
import { cap, POINTS_MODES } from '../rules/contract.ts';
import { SCORES_FIELDS, scoreRow, scoreSum } from './score-rows.ts';

/**
 * The reading of a village's own paper (roster, opening balances, rule book, goods list, a month's scores), before anything is written.
 * The import wizard, the command line and the API show the same reading. Everything that a person has to judge is
 * named with its sheet, row and cell, in words of both languages.
 */
const FOUNDING_PAPERS = ['roster', 'balances', 'rules', 'goods'] as const;
/** The papers of which a village is made: whoever manages the village brings them in. */
export type FoundingPaper = (typeof FOUNDING_PAPERS)[number];
export const foundingPaper = z.enum(FOUNDING_PAPERS);
const PAPER_KINDS = [...FOUNDING_PAPERS, 'scores'] as const;
/** Scores are proposals: whoever may propose brings them in. */
export type PaperKind = (typeof PAPER_KINDS)[number];
export const paperKind = z.enum(PAPER_KINDS);

const ROSTER_FIELDS = ['number', 'group', 'head', 'relation', 'size', 'phone', 'note'] as const;
const BALANCES_FIELDS = [
  'number',
  'group',
  'head',
  'carried',
  'earned',
  'deducted',
  'redeemed',
  'balance',
] as const;
const RULES_FIELDS = [
  'code',
  'category',
  'title',
  'points',
  'proposer',
  'evidence',
  'limit',
  'enabled',
] as const;
const GOODS_FIELDS = ['category', 'name', 'unit', 'price', 'cost', 'barcode', 'stock', 'limit'] as const;
export type RosterField = (typeof ROSTER_FIELDS)[number];
export type BalancesField = (typeof BALANCES_FIELDS)[number];
export type RulesField = (typeof RULES_FIELDS)[number];
export type GoodsField = (typeof GOODS_FIELDS)[number];

const fieldName = z.enum([
  ...new Set([...ROSTER_FIELDS, ...BALANCES_FIELDS, ...RULES_FIELDS, ...GOODS_FIELDS, ...SCORES_FIELDS]),
]);
export type PaperField = z.infer<typeof fieldName>;

const columnLetter = z.string().regex(/^[A-Z]{1,3}$/);
const sheetName = z.string().max(200);

const balanceDecision = z.object({
  sheet: sheetName.optional().describe('The first sheet read, when left out'),
  row: z.int().min(1),
  balance: hundredths.describe('What a person says the household has'),
});
export type BalanceDecision = z.infer<typeof balanceDecision>;

/** Corrections by hand; they win over every guess. */
export const readingOptions = z.object({
  sheet: sheetName.optional(),
  headerRow: z.int().min(0).max(20_000).optional().describe('0: there is no header row'),
  columns: z
    .partialRecord(fieldName, columnLetter.nullable())
    .optional()
    .describe('Field to column letter; null: the paper does not have it'),
  decisions: z.array(balanceDecision).max(20_000).optional().describe('Balances only'),
  isRightTitle: z
    .boolean()
    .optional()
    .describe('A person says that the paper belongs here, though its title names another village or year'),
  isRightKind: z
    .boolean()
    .optional()
    .describe('A person says that it is this kind of paper, though its headers are those of another'),
  addressNumbers: z
    .enum(['leave', 'keep'])
    .optional()
    .describe('A column of numbers that look like addresses is not read, or kept as the original number'),
  day: day.optional().describe('Scores only: the day of the deeds beside which the paper has none'),
  onesAreTicks: z
    .boolean()
    .optional()
    .describe('Scores only: a person says that a 1 in the table is a tick, not a point'),
  unitFigures: z
    .enum(['points', 'units'])
    .optional()
    .describe('Scores only: what stands under a rule of so much an hour: the points, or how many hours'),
  seenTwice: z
    .int()
    .min(0)
    .optional()
    .describe('Scores only: so many deeds stand twice on the paper, and a person says that they are two'),
  seenStanding: z
    .int()
    .min(0)
    .optional()
    .describe('Scores only: so many deeds were proposed before, and a person says that these are others'),
});
export type ReadingOptions = z.infer<typeof readingOptions>;

const bilingual = z.object({ zh: z.string(), en: z.string() });
const place = { sheet: z.string(), row: z.int().describe('As the spreadsheet shows it, from 1') };

export const paperProblem = z.object({
  sheet: z.string(),
  row: z.int().nullable().describe('Null when it is about a column or the whole sheet'),
  cell: z.string().nullable().describe('Such as D318'),
  column: z.string().nullable().describe('The header of its column'),
  value: z.string(),
  severity: z.enum(['error', 'warning']).describe('error: the row is left out; warning: the row is kept'),
  code: z.string(),
  reason: bilingual,
});
export type PaperProblem = z.infer<typeof paperProblem>;

const paperDuplicate = z.object({
  ...place,
  cell: z.string(),
  value: z.string(),
  keptSheet: z.string(),
  keptRow: z.int(),
  code: z.string(),
  reason: bilingual,
});
export type PaperDuplicate = z.infer<typeof paperDuplicate>;

const skippedRow = z.object({ ...place, text: z.string(), code: z.string(), reason: bilingual });
export type SkippedRow = z.infer<typeof skippedRow>;

const assumption = z.object({ code: z.string(), count: z.int(), text: bilingual });
export type Assumption = z.infer<typeof assumption>;

const columnRef = z.object({ letter: z.string(), header: z.string() });
export type ColumnRef = z.infer<typeof columnRef>;
const anyColumn = columnRef.extend({
  field: fieldName.nullable(),
  samples: z.array(z.string()),
  identity: z.boolean().describe('Holds identity or bank card numbers: never read'),
});
export type AnyColumn = z.infer<typeof anyColumn>;

const readingParts = {
  sheets: z.array(z.string()).describe('Sheets that were read'),
  allSheets: z.array(z.object({ name: z.string(), hidden: z.boolean(), rows: z.int() })),
  headerRow: z.int().nullable().describe('Last row of the header; 0: none; null: not found'),
  columns: z.partialRecord(fieldName, columnRef),
  allColumns: z.array(anyColumn).describe('For correcting by hand'),
  top: z
    .array(z.object({ row: z.int(), cells: z.array(z.string()) }))
    .describe('First rows as they stand, for choosing the header row by hand'),
  titles: z
    .array(z.object({ ...place, text: z.string() }))
    .describe('Rows above the header that name a village or a year'),
  addressColumn: columnRef
    .extend({ samples: z.array(z.string()) })
    .nullable()
    .describe('The column of numbers, if it looks like one of addresses'),
  looksLike: paperKind
    .nullable()
    .describe('The kind of paper whose headers these clearly are, if it is another one'),
  problems: z.array(paperProblem),
  duplicates: z.array(paperDuplicate),
  skipped: z.array(skippedRow),
  assumptions: z.array(assumption),
  counts: z
    .object({
      rows: z.int(),
      errors: z.int(),
      warnings: z.int(),
      duplicates: z.int(),
      skipped: z.int(),
      undecided: z.int(),
    })
    .describe('Of the whole paper, also where the lists are cut short for the screen'),
};

const source = { sheet: z.string(), sourceRow: z.int() };

const rosterRow = z.object({
  ...source,
  number: z.string().describe('Digits; made up where the paper has none or another kind'),
  originalNumber: z.string().nullable().describe('The number as the paper has it, if it is not a few digits'),
  group: z.string(),
  head: z.string(),
  size: z.int().min(1).max(30).nullable(),
  phone: z.string().nullable(),
  note: z.string(),
});
export type RosterRow = z.infer<typeof rosterRow>;

const figures = {
  number: z.string().describe('Empty when the paper has none: match by head'),
  group: z.string(),
  head: z.string(),
  carried: hundredths.nullable(),
  earned: hundredths.nullable(),
  deducted: hundredths.nullable(),
  redeemed: hundredths.nullable(),
};
const balanceRow = z.object({
  ...source,
  ...figures,
  balance: hundredths,
  decided: z.boolean().describe('A person decided this balance'),
});
export type BalanceRow = z.infer<typeof balanceRow>;

/** A line left out until a person decides. */
const undecidedBalance = z.object({
  ...source,
  ...figures,
  cell: z.string(),
  balance: hundredths.nullable().describe('As written'),
  computed: hundredths.nullable().describe('What its own figures give'),
});
export type UndecidedBalance = z.infer<typeof undecidedBalance>;

/** Subjects that points may not be given or taken for. */
const RULE_FLAGS = [
  ...(['petition', 'faith', 'speech', 'births'] as const),
  ...(['fines', 'welfare', 'papers', 'land', 'banquets'] as const),
] as const;
export type RuleFlag = (typeof RULE_FLAGS)[number];

const ruleRow = z.object({
  ...source,
  code: z.string(),
  category: z.string(),
  title: z.string(),
  pointsText: z.string().describe('As written'),
  pointsMode: z.enum(POINTS_MODES),
  points: hundredths.nullable(),
  pointsMin: hundredths.nullable(),
  pointsMax: hundredths.nullable(),
  perUnit: z.string().nullable(),
  options: z.array(z.object({ name: z.string(), points: hundredths })).readonly(),
  proposer: z.string(),
  evidence: z.string(),
  limitText: z.string(),
  caps: z.array(cap).readonly(),
  enabled: z.boolean(),
  flag: z.enum(RULE_FLAGS).nullable(),
});
export type RuleRow = z.infer<typeof ruleRow>;

const goodsRow = z.object({
  ...source,
  kind: z.enum(GOODS_KINDS),
  category: z.string(),
  name: z.string(),
  unit: z.string(),
  price: hundredths,
  costFen: fen.nullable(),
  barcode: barcode.nullable(),
  stock: z.int().min(0).nullable(),
  monthlyLimit: z.int().min(1).nullable(),
});
export type GoodsRow = z.infer<typeof goodsRow>;

export const rosterReading = z.object({
  kind: z.literal('roster'),
  ...readingParts,
  rows: z.array(rosterRow),
});
export const balancesReading = z.object({
  kind: z.literal('balances'),
  ...readingParts,
  rows: z.array(balanceRow),
  undecided: z.array(undecidedBalance),
});
export const rulesReading = z.object({ kind: z.literal('rules'), ...readingParts, rows: z.array(ruleRow) });
export const goodsReading = z.object({ kind: z.literal('goods'), ...readingParts, rows: z.array(goodsRow) });
export const scoresReading = z.object({
  kind: z.literal('scores'),
  ...readingParts,
  layout: z.enum(['list', 'table']).describe('A row for each deed, or households × rules'),
  isCut: z.boolean().describe('It holds more deeds than are proposed at once, and was not read to its end'),
  rows: z.array(scoreRow),
  sums: z.array(scoreSum),
});

/** A reading as the screen gets it: its long lists may be cut, its counts never are. */
export const readingPreview = z.discriminatedUnion('kind', [
  rosterReading,
  balancesReading,
  rulesReading,
  goodsReading,
]);

export type RosterReading = z.infer<typeof rosterReading>;
export type BalancesReading = z.infer<typeof balancesReading>;
export type RulesReading = z.infer<typeof rulesReading>;
export type GoodsReading = z.infer<typeof goodsReading>;
export type ScoresReading = z.infer<typeof scoresReading>;
export type FoundingReading = z.infer<typeof readingPreview>;
export type PaperReading = FoundingReading | ScoresReading;

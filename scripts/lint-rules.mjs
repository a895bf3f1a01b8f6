/** Lint rules of our own, for what no package knows about this project (oxlint.config.ts). */

const words = [
  'for\\s+update',
  'skip\\s+locked',
  'ilike',
  'similar\\s+to',
  'array',
  'unnest',
  'lateral',
  'current_(?:date|timestamp|time)',
  'interval',
  'date_trunc',
  'to_char',
  'generate_series',
  'jsonb?_\\w+',
  'nextval',
  'string_agg',
  'pg_\\w+',
  'sqlite_\\w+',
  'pragma',
  'strftime',
  'julianday',
  'unixepoch',
  'ifnull',
  'iif',
  'group_concat',
  'glob',
  'rowid',
  'autoincrement',
  'insert\\s+or',
  'replace\\s+into',
  'returning',
  'truncate',
];
const calls = ['now', 'any', 'extract', 'datetime', 'date'];
const engineWords = new RegExp(`\\b(?:${words.join('|')})\\b|\\b(?:${calls.join('|')})\\s*\\(|::`, 'i');

/**
 * Inside a raw sql`…` template only the words both engines know. The tests run both engines, but a word
 * that one of them lacks should be seen while typing, not in the test of the other.
 */
const noEngineWords = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { word: 'Only one engine knows "{{word}}": say it with drizzle, or put it into db/.' },
  },
  create(context) {
    return {
      TaggedTemplateExpression(node) {
        const tag = node.tag.type === 'MemberExpression' ? node.tag.object : node.tag;
        if (tag.type !== 'Identifier' || tag.name !== 'sql') return;
        for (const quasi of node.quasi.quasis) {
          const word = engineWords.exec(quasi.value.raw);
          if (word !== null) context.report({ node: quasi, messageId: 'word', data: { word: word[0] } });
        }
      },
    };
  },
};

/** The tables of db/tables/ledger.ts, as the code and as SQL name them. */
export const ledgerTables = {
  ledgerHeads: 'ledger_heads',
  accounts: 'accounts',
  balances: 'balances',
  journal: 'journal',
  postings: 'postings',
  journalTexts: 'journal_texts',
};
const ledgerSql = new RegExp(
  `(?:insert\\s+into|update|delete\\s+from|truncate(?:\\s+table)?)\\s+"?(?:${Object.values(ledgerTables).join('|')})\\b`,
  'i',
);

/** Only server/ledger writes the journal and the balances. */
const onlyLedgerWrites = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { write: 'Only server/ledger writes "{{table}}": go through its door.' },
  },
  create(context) {
    return {
      CallExpression(node) {
        const method = node.callee.type === 'MemberExpression' ? node.callee.property.name : undefined;
        if (!['insert', 'update', 'delete'].includes(method) || node.arguments.length !== 1) return;
        const table = tableName(node.arguments[0], context.sourceCode);
        if (Object.hasOwn(ledgerTables, table)) context.report({ node, messageId: 'write', data: { table } });
      },
      TemplateElement: (node) => reportSql(context, node, node.value.raw),
      Literal: (node) => typeof node.value === 'string' && reportSql(context, node, node.value),
    };
  },
};

function reportSql(context, node, text) {
  const found = ledgerSql.exec(text);
  if (found !== null) context.report({ node, messageId: 'write', data: { table: found[0] } });
}

/** `tx.t.journal` → journal; a local name → what it stands for. */
function tableName(node, sourceCode) {
  if (node.type === 'MemberExpression') return node.property.name;
  if (node.type !== 'Identifier') return '';
  for (let scope = sourceCode.getScope(node); scope !== null; scope = scope.upper) {
    const definition = scope.set.get(node.name)?.defs[0]?.node;
    if (definition?.type !== 'VariableDeclarator') continue;
    if (definition.id.type !== 'ObjectPattern')
      return definition.init ? tableName(definition.init, sourceCode) : '';
    const property = definition.id.properties.find((entry) => entry.value?.name === node.name);
    return property?.key.name ?? '';
  }
  return node.name;
}

/** As a plug-in of the linter. */
export default {
  meta: { name: 'jishan' },
  rules: { 'no-engine-words': noEngineWords, 'only-ledger-writes': onlyLedgerWrites },
};

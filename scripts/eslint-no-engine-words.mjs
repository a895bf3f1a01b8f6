/**
 * Lint rule: inside a raw sql`…` template only the words both engines know. The tests run both engines,
 * but a word one of them lacks should be seen while typing, not in the test of the other.
 */
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

export const noEngineWords = {
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

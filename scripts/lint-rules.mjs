/** The project's own lint rules, which oxlint.config.ts turns on. */
import { readdirSync, readFileSync } from 'node:fs';

const tablesFolder = new URL('../db/tables/', import.meta.url);

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
 * A raw sql`…` template may use only words that both engines know. The tests would find another word too, but the
 * editor shows it at once.
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

/** The tables by their names in the code, each with the room that writes it and its name in SQL (db/tables). */
export const tables = Object.fromEntries(
  readdirSync(tablesFolder)
    .filter((file) => !['index.ts', 'personal-data.ts'].includes(file))
    .flatMap((file) => {
      const text = readFileSync(new URL(file, tablesFolder), 'utf8');
      const room = file.replace(/\.ts$/, '');
      return Array.from(text.matchAll(/const (\w+) = k\.table\(\s*'(\w+)'/g), ([, name, sqlName]) => [
        name,
        { room, sqlName },
      ]);
    }),
);

/** Only a table's own room may write it. Other rooms call functions that this room exports. */
const ownTables = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { write: '"{{table}}" is written by server/{{room}} alone: call what it exports.' },
  },
  create(context) {
    const room = /(?:^|[/\\])server[/\\]([^/\\]+)[/\\]/.exec(context.filename)?.[1];
    const others = Object.values(tables).filter((table) => table.room !== room);
    const names = others.map(({ sqlName }) => sqlName).join('|');
    const writes = new RegExp(
      `(?:insert\\s+into|update|delete\\s+from|truncate(?:\\s+table)?)\\s+"?(${names})\\b`,
      'i',
    );
    const reportSql = (node, text) => {
      const found = writes.exec(text)?.[1];
      const table = others.find(({ sqlName }) => sqlName === found?.toLowerCase());
      if (table) context.report({ node, messageId: 'write', data: { table: found, room: table.room } });
    };
    return {
      CallExpression(node) {
        // A command leaves rows behind (db/written-rows.ts) and names their table.
        const [row] = node.arguments;
        const isRow =
          ['added', 'addedTo', 'changed'].includes(node.callee.name) && typeof row?.value === 'string';
        const written = isRow && Object.hasOwn(tables, row.value) ? tables[row.value] : undefined;
        if (written && written.room !== room)
          context.report({ node, messageId: 'write', data: { table: row.value, room: written.room } });
        const method = node.callee.type === 'MemberExpression' ? node.callee.property.name : undefined;
        if (!['insert', 'update', 'delete'].includes(method) || node.arguments.length !== 1) return;
        const name = tableName(node.arguments[0], context.sourceCode);
        const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
        if (table && table.room !== room)
          context.report({ node, messageId: 'write', data: { table: name, room: table.room } });
      },
      TemplateElement: (node) => reportSql(node, node.value.raw),
      Literal: (node) => typeof node.value === 'string' && reportSql(node, node.value),
    };
  },
};

/** The table an expression names: `journal` for `tx.t.journal`. A local name is resolved first. */
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

const stopsWithItsScope = new Set([
  ...['watch', 'watchEffect', 'watchPostEffect', 'watchSyncEffect', 'onScopeDispose'],
  ...['onMounted', 'onBeforeUnmount', 'onUnmounted', 'onBeforeRouteLeave'],
]);
const afterwards = new Set(['then', 'catch', 'finally']);

/**
 * A watcher stops with the screen that makes it, if it is made while that screen is set up. Made after an answer has
 * come, it belongs to nobody: it goes on when the screen has gone, and overwrites what a newer screen keeps.
 */
const noLateWatch = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { late: '"{{name}}" is called after something was waited for, so nothing ever stops it.' },
  },
  create(context) {
    const open = [];
    const imported = new Set();
    const isLater = ({ parent }) =>
      parent?.type === 'CallExpression' &&
      parent.callee.type === 'MemberExpression' &&
      afterwards.has(parent.callee.property.name);
    const enter = (node) => void open.push({ isLate: isLater(node) });
    const leave = () => void open.pop();
    return {
      ImportDeclaration({ source, specifiers }) {
        if (source.value === 'vue' || source.value === 'vue-router')
          for (const { local } of specifiers) imported.add(local.name);
      },
      FunctionDeclaration: enter,
      FunctionExpression: enter,
      ArrowFunctionExpression: enter,
      'FunctionDeclaration:exit': leave,
      'FunctionExpression:exit': leave,
      'ArrowFunctionExpression:exit': leave,
      // The compiler of .vue files keeps what stands outside of all functions with its screen.
      'AwaitExpression:exit'() {
        const inside = open.at(-1);
        if (inside) inside.isLate = true;
      },
      CallExpression(node) {
        const { name } = node.callee;
        if (stopsWithItsScope.has(name) && imported.has(name) && open.at(-1)?.isLate)
          context.report({ node, messageId: 'late', data: { name } });
      },
    };
  },
};

/** The plug-in that the linters load. */
export default {
  meta: { name: 'jishan' },
  rules: { 'no-engine-words': noEngineWords, 'no-late-watch': noLateWatch, 'own-tables': ownTables },
};

import type { endpoints } from '../../shared/rules/endpoints.ts';
import type { HandlersOf, WriteContext } from '../http/index.ts';
import { staffNames } from '../staff/index.ts';
import { refuseUnfitTexts } from '../texts/index.ts';
import { addRules, changeRule, factsOfNew } from './book.ts';
import { firstDayOf, usualDayOf } from './first-day.ts';
import { createTitlePinyin } from './pinyin.ts';
import { announcedRules, countUses, listRules } from './read-book.ts';
import { toldOfRule } from './rule-act-fields.ts';
import { type CurrentRule, ruleOf } from './rule-fields.ts';
import { fileVersions, lastVersion, listVersions, versionRows, withdrawVersion } from './versions.ts';

export function rulesHandlers(): HandlersOf<typeof endpoints> {
  const pinyinOf = createTitlePinyin();
  return {
    'rules.list': async (_input, { reader, village, today }) => {
      const rules = await listRules(reader, village.id, today);
      return {
        items: rules.map((rule) => ({ ...rule, pinyin: pinyinOf(rule.title) })),
        announced: await announcedRules(reader, village.id, today),
        firstDay: firstDayOf(village, today),
        usualDay: usualDayOf(village, today),
      };
    },

    'rules.create': async ({ body }, context) => {
      const { code, effectiveFrom, decidedBy, decidedOn, ...fields } = body;
      const { tx, village } = context;
      const id = context.newId();
      const facts = factsOfNew({ effectiveFrom, decidedBy, decidedOn }, context);
      await addRules(tx, village.id, [{ id, code, fields, facts }], authorOf(context));
      const { rule, versions } = await versionRows(tx, village.id, id);
      const made = ruleOf(rule.code, lastVersion(versions));
      await refuseUnfitTexts(tx, village.id, ...publicWords(made));
      context.act({ act: 'rules.created', on: `rule:${id}`, is: toldOfRule(made) });
      return { ...made, uses: 0 };
    },

    'rules.update': async ({ params: { id }, body }, context) => {
      const { tx, village } = context;
      const { was, is } = await changeRule(tx, village.id, id, body, authorOf(context));
      const known = publicWords(was);
      await refuseUnfitTexts(tx, village.id, ...publicWords(is).filter((text) => !known.includes(text)));
      context.act({ act: 'rules.changed', on: `rule:${id}`, was: toldOfRule(was), is: toldOfRule(is) });
      return { ...is, uses: await countUses(tx, village.id, id) };
    },

    'rules.versions': async ({ params: { id } }, { reader, village, today }) => {
      const { timeZone } = village.settings;
      const versions = await listVersions(reader, village.id, id, { today, timeZone });
      const names = await staffNames(reader, village.id);
      return {
        items: versions.map(({ changedBy, withdrawnBy, ...version }) => ({
          ...version,
          changedBy: names.get(changedBy) ?? '',
          withdrawnBy: withdrawnBy === null ? null : (names.get(withdrawnBy) ?? ''),
        })),
      };
    },

    'rules.withdraw': async ({ params: { id }, body: { version } }, context) => {
      context.act(await withdrawVersion(context, id, version));
      return { ok: true };
    },

    'rules.file': async ({ body: { filedOn, versions } }, context) => {
      const acts = await fileVersions(context, filedOn, versions);
      context.act(...acts);
      return { count: acts.length };
    },
  };
}

/** The words of a rule that stand on boards and notices. */
function publicWords({
  enabled,
  isPrivate,
  title,
  category,
  options,
}: Pick<CurrentRule, 'enabled' | 'isPrivate' | 'title' | 'category' | 'options'>): readonly string[] {
  return enabled && !isPrivate ? [title, category, ...options.map(({ name }) => name)] : [];
}

function authorOf({ actor, nowMs, today, village, agreed }: WriteContext) {
  return { actorId: actor.id, nowMs, today, village, agreed };
}

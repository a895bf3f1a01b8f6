import type { endpoints } from '../../shared/rules/endpoints.ts';
import type { HandlersOf, WriteContext } from '../http/index.ts';
import { staffNames } from '../staff/index.ts';
import { refuseUnfitTexts } from '../texts/index.ts';
import {
  addRules,
  changeRule,
  countUses,
  type CurrentRule,
  findRule,
  listRules,
  listVersions,
} from './book.ts';
import { createTitlePinyin } from './pinyin.ts';
import { toldOfRule } from './rule-act-fields.ts';

export function rulesHandlers(): HandlersOf<typeof endpoints> {
  const pinyinOf = createTitlePinyin();
  return {
    'rules.list': async (_input, { reader, village }) => {
      const rules = await listRules(reader, village.id);
      return { items: rules.map((rule) => ({ ...rule, pinyin: pinyinOf(rule.title) })) };
    },

    'rules.create': async ({ body: { code, ...fields } }, context) => {
      const id = context.newId();
      await addRules(context.tx, context.village.id, [{ id, code, fields }], authorOf(context));
      const made = await findRule(context.tx, context.village.id, id);
      await refuseUnfitTexts(context.tx, context.village.id, ...publicWords(made));
      context.act({ act: 'rules.created', on: `rule:${id}`, is: toldOfRule(made) });
      return { ...made, uses: 0 };
    },

    'rules.update': async ({ params: { id }, body }, context) => {
      const { tx, village } = context;
      const before = await findRule(tx, village.id, id);
      const was = toldOfRule(before);
      const known = publicWords(before);
      const fresh = publicWords({ ...before, ...body }).filter((text) => !known.includes(text));
      await refuseUnfitTexts(tx, village.id, ...fresh);
      await changeRule(tx, village.id, id, body, authorOf(context));
      const now = await findRule(tx, village.id, id);
      context.act({ act: 'rules.changed', on: `rule:${id}`, was, is: toldOfRule(now) });
      return { ...now, uses: await countUses(tx, village.id, id) };
    },

    'rules.versions': async ({ params: { id } }, { reader, village }) => {
      const versions = await listVersions(reader, village.id, id);
      const names = await staffNames(reader, village.id);
      return {
        items: versions.map((version) => ({ ...version, changedBy: names.get(version.changedBy) ?? '' })),
      };
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

function authorOf({ actor, nowMs, village, agreed }: WriteContext) {
  return { actorId: actor.id, nowMs, village, agreed };
}

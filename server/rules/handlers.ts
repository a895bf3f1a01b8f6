import type { Reader } from '../../db/store.ts';
import type { EndpointsOf, Handlers, WriteContext } from '../http/index.ts';
import { addRules, changeRule, countUses, findRule, listRules, listVersions } from './book.ts';

export interface RulesDeps {
  /** Display names of staff by id. */
  namesOf(reader: Reader, villageId: string, ids: readonly string[]): Promise<Map<string, string>>;
}

export function rulesHandlers({ namesOf }: RulesDeps): Handlers<EndpointsOf<'rules'>> {
  return {
    'rules.list': async (_input, { reader, village }) => ({ items: await listRules(reader, village.id) }),

    'rules.create': async ({ body: { code, ...fields } }, context) => {
      const id = context.newId();
      await addRules(context.tx, context.village.id, [{ id, code, fields }], authorOf(context));
      return { ...(await findRule(context.tx, context.village.id, id)), uses: 0 };
    },

    'rules.update': async ({ params: { id }, body }, context) => {
      const { tx, village } = context;
      await changeRule(tx, village.id, id, body, authorOf(context));
      return { ...(await findRule(tx, village.id, id)), uses: await countUses(tx, village.id, id) };
    },

    'rules.versions': async ({ params: { id } }, { reader, village }) => {
      const versions = await listVersions(reader, village.id, id);
      const names = await namesOf(
        reader,
        village.id,
        versions.map((version) => version.changedBy),
      );
      return { items: versions.map((version) => ({ ...version, changedBy: names.get(version.changedBy) ?? '' })) };
    },
  };
}

function authorOf({ actor, nowMs }: WriteContext) {
  return { actorId: actor.id, nowMs };
}

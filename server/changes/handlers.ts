import type { Reader } from '../../db/index.ts';
import type { Change } from '../../shared/changes/contract.ts';
import type { endpoints } from '../../shared/changes/endpoints.ts';
import { Refusal } from '../../shared/errors.ts';
import type { ActNames } from '../acts/index.ts';
import type { Actor, HandlersOf, Operate, RandomBytes, VillageContext } from '../http/index.ts';
import { type ChangeRow, findChange } from './change-row.ts';
import { agreeToChange, refuseChange, withdrawChange } from './decide.ts';
import { listChanges, shownTo } from './list.ts';
import { proposeChange } from './propose.ts';

interface ChangesServices {
  readonly operate: Operate;
  readonly random: RandomBytes;
  readonly actNames: ActNames;
}

interface SeenBy {
  readonly village: VillageContext;
  readonly actor: Actor;
}

export function changesHandlers({
  operate,
  random,
  actNames: names,
}: ChangesServices): HandlersOf<typeof endpoints> {
  const newSalt = () => Buffer.from(random(16)).toString('hex');
  const viewer = ({ village, actor }: SeenBy) => ({ villageId: village.id, actor, names });

  async function shown(reader: Reader, by: SeenBy, row: ChangeRow): Promise<Change> {
    const [change] = await shownTo(reader, viewer(by), [row]);
    if (!change) throw new Refusal('change.not_found');
    return change;
  }

  return {
    'changes.list': ({ query }, context) => listChanges(context.reader, viewer(context), query),
    'changes.get': async ({ params: { id } }, context) =>
      shown(context.reader, context, await findChange(context.reader, context.village.id, id)),
    'changes.propose': async ({ body }, context) =>
      shown(context.tx, context, await proposeChange({ operate, newSalt }, context, body)),
    'changes.agree': async ({ params: { id }, body }, context) =>
      shown(context.tx, context, await agreeToChange(operate, context, id, body.mark)),
    'changes.refuse': async ({ params: { id }, body }, context) => {
      await refuseChange(context, id, body.note);
      return { ok: true };
    },
    'changes.withdraw': async ({ params: { id } }, context) => {
      await withdrawChange(context, id);
      return { ok: true };
    },
  };
}

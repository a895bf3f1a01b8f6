import type { AnyAct } from '../../shared/acts/act.ts';
import type { GuardedId } from '../../shared/changes/guarded.ts';
import { bookActs } from '../acts/index.ts';
import type { GuardedAt } from '../at.ts';
import { agreeToChange, markOfChange, proposeChange } from '../changes/index.ts';
import { createIds, type Operate, readVillage, type WriteContext } from '../http/index.ts';
import type { Part } from './cast.ts';
import { staffOf, type World } from './world.ts';

/** A guarded write of the story, with its input as the desk would send it. */
interface Guarded {
  readonly operation: GuardedId;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Does it, tried out first and then with the agreement. Answers what the book of acts is told. */
  readonly run: (at: GuardedAt & { readonly actorId: string }) => Promise<readonly AnyAct[]>;
}

/** One person hands a change in, and the approver looks at it and agrees. */
export async function agreeOn(world: World, by: Part, { run, ...input }: Guarded): Promise<void> {
  const opened = await readVillage(world.tx, world.villageId);
  if (!opened) throw new Error('the village is not there');
  const operate: Operate = {
    refuse: () => undefined,
    check: (_, given) => given,
    async run(_operation, _input, context) {
      context.act(...(await run(context)));
    },
  };
  // Ids of its own leave the story's dice as they are.
  const newId = createIds(
    () => world.clock.nowMs,
    (size) => new Uint8Array(size),
  );
  async function as<T>(part: Part, work: (context: WriteContext) => Promise<T>): Promise<T> {
    const { tx, ledger, villageId, clock } = world;
    const actor = staffOf(world, part);
    const acts: AnyAct[] = [];
    const done = await work({
      ...{ tx, villageId, village: opened as NonNullable<typeof opened>, actor, actorId: actor.id },
      ...{ nowMs: clock.nowMs, today: clock.day, newId, isLocal: true, idempotencyKey: newId() },
      act: (...some) => void acts.push(...some),
    });
    const at = { villageId, actorId: actor.id, today: clock.day, newId, via: 'desk' } as const;
    await bookActs(ledger, tx, at, acts);
    return done;
  }
  const change = await as(by, (context) => proposeChange(operate, context, { ...input, reason: '' }));
  world.clock.pass(60);
  await as('approver', (context) => agreeToChange(operate, context, change.id, markOfChange(change)));
}

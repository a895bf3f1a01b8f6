import type { Tx } from '../../db/index.ts';
import { OBJECTOR } from '../../shared/acts/program-words.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import type { endpoints } from '../../shared/objections/endpoints.ts';
import { OBJECTION_TRANSITIONS } from '../../shared/objections/states.ts';
import { bookActs } from '../acts/index.ts';
import type { Actor, HandlersOf, RandomBytes, WriteContext } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { refuseHelper } from '../me/index.ts';
import { refuseUnfitTexts } from '../texts/index.ts';
import { listObjections, viewObjection } from './list.ts';
import { refuseUnfit } from './may-answer.ts';
import type { ObjectionAt } from './objection-at.ts';
import { findObjection, type KnownObjection } from './objection-row.ts';
import { ownObjections } from './own.ts';
import { receiveObjection } from './receive.ts';
import { referObjection } from './refer.ts';
import { refuseAppeal, type Step, takeStep } from './take-step.ts';

interface ObjectionsServices {
  readonly ledger: Ledger;
  readonly random: RandomBytes;
}

type Write = Pick<WriteContext, 'tx' | 'act' | 'village' | 'actor' | 'today' | 'nowMs' | 'newId'>;

export function objectionsHandlers(services: ObjectionsServices): HandlersOf<typeof endpoints> {
  return { ...deskHandlers(services), ...ownHandlers(services) };
}

function deskHandlers({ random }: ObjectionsServices): Omit<HandlersOf<typeof endpoints>, OwnEndpoint> {
  const atOf = (context: Write) => atBy(context, random, context.actor.id);

  /** Takes a step of the desk under the village's lock. `refuse` sees the objection as it is then. */
  async function step(
    context: Write,
    id: string,
    asked: Step,
    refuse: (known: KnownObjection, at: ObjectionAt) => void = () => undefined,
  ): Promise<{ id: string }> {
    const at = atOf(context);
    await context.tx.lockBook(at.village.id);
    const known = await findObjection(context.tx, at.village.id, id);
    refuse(known, at);
    refuseUnfit(context.actor, known, asked.step);
    // Others read the reasons, but for what the objector says.
    if (OBJECTION_TRANSITIONS[asked.step].by !== 'objector')
      await refuseUnfitTexts(context.tx, at.village.id, asked.reason);
    context.act(...(await takeStep(context.tx, at, known, asked)));
    return { id };
  }

  return {
    'objections.list': ({ query }, context) => listObjections(context.reader, context, query),
    'objections.get': ({ params: { id } }, context) => viewObjection(context.reader, context, id),
    'objections.receive': async ({ body }, context) => {
      const paper = { channel: 'paper', householdId: null } as const;
      const { acts, ...made } = await receiveObjection(context.tx, atOf(context), { ...body, ...paper });
      context.act(...acts);
      return made;
    },
    'objections.answer': ({ params: { id }, body }, context) =>
      step(context, id, { step: 'answer', ...body }),
    // A withdrawal that is keyed in could make an objection vanish: only somebody who might have answered it keys one in.
    'objections.withdraw': ({ params: { id }, body }, context) =>
      step(context, id, { step: 'withdraw', outcome: 'withdrawn', ...body }, (known) => {
        if (known.row.channel === 'phone') throw new Refusal('objection.by_phone');
        refuseUnfit(context.actor, known, 'answer');
      }),
    'objections.appeal': ({ params: { id }, body }, context) =>
      step(context, id, { step: 'appeal', ...body }, refuseAppeal),
    'objections.judge': ({ params: { id }, body: { verdict, reason } }, context) =>
      step(context, id, { step: verdict, reason }),
    'objections.refer': async ({ params: { id }, body }, context) => {
      context.act(await referObjection(context, { id, ...body }));
      return { id };
    },
    'objections.township': ({ params: { id }, body: { answer, reason } }, context) =>
      step(context, id, { step: answer, reason }),
  };
}

type OwnEndpoint = 'objections.own' | 'objections.make' | 'objections.withdrawOwn' | 'objections.appealOwn';

function ownHandlers({
  ledger,
  random,
}: ObjectionsServices): Pick<HandlersOf<typeof endpoints>, OwnEndpoint> {
  /** The book tells that an objector did it, and not which household that is. */
  async function book(context: Write, acts: readonly AnyAct[]): Promise<void> {
    const { tx, village, today, newId } = context;
    const at = { villageId: village.id, actorId: OBJECTOR, today, newId, via: 'phone' } as const;
    await bookActs(ledger, tx, at, acts);
  }

  async function step(
    context: Write,
    id: string,
    asked: Step,
    refuse: (known: KnownObjection, at: ObjectionAt) => void = () => undefined,
  ): Promise<{ id: string }> {
    const { tx, actor } = context;
    const at = atBy(context, random, null);
    await tx.lockBook(at.village.id);
    await refuseHelper(tx, ownOf(context));
    const known = await findOwn(tx, at.village.id, id, actor);
    refuse(known, at);
    refuseUnfit(actor, known, asked.step);
    await book(context, await takeStep(tx, at, known, asked));
    return { id };
  }

  return {
    'objections.own': async (_, context) => {
      await refuseHelper(context.reader, ownOf(context));
      return { items: await ownObjections(context.reader, context) };
    },
    'objections.make': async ({ body }, context) => {
      await context.tx.lockBook(context.village.id);
      await refuseHelper(context.tx, ownOf(context));
      const phone = { channel: 'phone', householdId: context.actor.id, name: '' } as const;
      const at = atBy(context, random, null);
      const { acts, ...made } = await receiveObjection(context.tx, at, { ...body, ...phone });
      await book(context, acts);
      return made;
    },
    'objections.withdrawOwn': ({ params: { id } }, context) =>
      step(context, id, { step: 'withdraw', outcome: 'withdrawn', reason: '' }),
    'objections.appealOwn': ({ params: { id }, body }, context) =>
      step(context, id, { step: 'appeal', ...body }, refuseAppeal),
  };
}

const SALT_BYTES = 16;

function atBy({ village, today, nowMs, newId }: Write, random: RandomBytes, by: string | null): ObjectionAt {
  const newSalt = () => Buffer.from(random(SALT_BYTES)).toString('hex');
  return { village, today, nowMs, newId, newSalt, by, actorId: by ?? OBJECTOR };
}

function ownOf({ village, actor }: { readonly village: { readonly id: string }; readonly actor: Actor }) {
  return { villageId: village.id, householdId: actor.id, sessionId: actor.sessionId ?? '' };
}

/** Finds an objection that came by a phone of this household. Refuses with objection.not_found. */
async function findOwn(tx: Tx, villageId: string, id: string, { id: own }: Actor): Promise<KnownObjection> {
  const known = await findObjection(tx, villageId, id);
  if (known.row.householdId !== own) throw new Refusal('objection.not_found');
  return known;
}

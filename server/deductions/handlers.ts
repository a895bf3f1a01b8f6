import type { AnyAct } from '../../shared/acts/act.ts';
import { REMINDED } from '../../shared/acts/program-words.ts';
import type { endpoints } from '../../shared/deductions/endpoints.ts';
import { Refusal } from '../../shared/errors.ts';
import { bookActs } from '../acts/index.ts';
import type { HandlersOf, RandomBytes, ReadContext, WriteContext } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { refuseHelper } from '../me/index.ts';
import { refuseAdministrator } from '../proposals/index.ts';
import { ownReminders } from './own.ts';
import type { ReminderAt } from './reminder-at.ts';
import { findReminder, type KnownReminder, standingOf } from './reminder-rows.ts';
import { remind } from './remind.ts';
import { agree, close, deliver, tell } from './take-step.ts';
import { listReminders, viewReminder } from './view.ts';

interface DeductionsServices {
  readonly ledger: Ledger;
  readonly random: RandomBytes;
}

const SALT_BYTES = 16;

export function deductionsHandlers(services: DeductionsServices): HandlersOf<typeof endpoints> {
  return { ...deskHandlers(services), ...ownHandlers(services) };
}

type OwnEndpoint = 'deductions.own' | 'deductions.seen' | 'deductions.agree';

function deskHandlers({ random }: DeductionsServices): Omit<HandlersOf<typeof endpoints>, OwnEndpoint> {
  const newSalt = () => Buffer.from(random(SALT_BYTES)).toString('hex');

  /** Finds a reminder under the village's lock. Nobody deals with those of the own household or kin. */
  async function found(context: WriteContext, id: string): Promise<KnownReminder> {
    await context.tx.lockBook(context.villageId);
    const known = await findReminder(context.tx, context, id);
    if (context.actor.householdIds.includes(known.row.householdId))
      throw new Refusal('proposal.own_household');
    return known;
  }

  return {
    'deductions.reminders': ({ query }, context) => listReminders(context.reader, context, query),
    'deductions.reminder': ({ params: { id } }, context) => viewReminder(context.reader, context, id),
    'deductions.remind': async ({ body }, context) => {
      await context.tx.lockBook(context.villageId);
      refuseAdministrator(context);
      const { acts, ...made } = await remind(context, newSalt, body);
      context.act(...acts);
      return made;
    },
    'deductions.deliver': async ({ params: { id }, body: { way } }, context) => {
      context.act(...(await deliver(context, await found(context, id), way)));
      return { id };
    },
    'deductions.close': async ({ params: { id }, body: { end } }, context) => {
      context.act(...(await close(context, await found(context, id), end)));
      return { id };
    },
    'deductions.tell': async ({ params: { id }, body: { way } }, context) => {
      const { answerUntil, acts } = await tell(context, await found(context, id), way);
      context.act(...acts);
      return { id, answerUntil };
    },
  };
}

function ownHandlers({ ledger }: DeductionsServices): Pick<HandlersOf<typeof endpoints>, OwnEndpoint> {
  /** The book tells that a reminded household did it, and not which household that is. */
  async function step(
    context: WriteContext,
    id: string,
    take: (at: ReminderAt, known: KnownReminder) => Promise<readonly AnyAct[]>,
  ): Promise<{ id: string }> {
    const { tx, villageId, today, newId, actor } = context;
    await tx.lockBook(villageId);
    await refuseHelper(tx, ownOf(context));
    const known = await findReminder(tx, context, id);
    if (known.row.householdId !== actor.id) throw new Refusal('reminder.not_found');
    const acts = await take(context, known);
    await bookActs(ledger, tx, { villageId, actorId: REMINDED, today, newId, via: 'phone' }, acts);
    return { id };
  }

  return {
    'deductions.own': async (_, context) => {
      await refuseHelper(context.reader, ownOf(context));
      const { reader, village, today, actor } = context;
      const { timeZone } = village.settings;
      return { items: await ownReminders(reader, { villageId: village.id, today, timeZone }, actor.id) };
    },
    'deductions.seen': ({ params: { id } }, context) =>
      step(context, id, async (at, known) =>
        standingOf(known, at.today) === 'to_tell'
          ? (await tell(at, known, 'phone')).acts
          : deliver(at, known, 'phone'),
      ),
    'deductions.agree': ({ params: { id } }, context) => step(context, id, agree),
  };
}

function ownOf({ village, actor }: Pick<ReadContext, 'village' | 'actor'>) {
  return { villageId: village.id, householdId: actor.id, sessionId: actor.sessionId ?? '' };
}

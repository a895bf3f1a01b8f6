import { randomBytes } from 'node:crypto';
import { deductionsHandlers } from '../../server/deductions/handlers.ts';
import type { Actor, WriteContext } from '../../server/http/index.ts';
import type { Ledger } from '../../server/ledger/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { addDays } from '../../shared/business-day.ts';
import { operations } from '../../shared/deductions/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { mayDo } from '../../shared/permissions.ts';
import type { REMINDER_ACTS } from './notice-commands.ts';

type ReminderAct = (typeof REMINDER_ACTS)[number];
type ReminderWrite = `deductions.${'remind' | ReminderAct}`;
type At = Pick<WriteContext, 'tx' | 'village' | 'villageId' | 'nowMs' | 'today' | 'newId'>;

/** Acts with reminders by the handlers of the program, with the acts that they book. */
export class ReminderActs {
  private readonly handlers: ReturnType<typeof deductionsHandlers>;

  constructor(ledger: Ledger) {
    this.handlers = deductionsHandlers({ ledger, random: (size) => randomBytes(size) });
  }

  /** Answers the new reminder. */
  async remind(at: At, actor: Actor, about: { householdId: string; ruleId: string }) {
    const body = { ...about, words: '门口堆了柴草，请清走', dueOn: addDays(at.today, 1) };
    const { made, acts } = await this.write(at, actor, 'deductions.remind', { body });
    return { id: (made as { id: string }).id, acts };
  }

  /** Somebody at the desk, or a household by its phone, takes a step with a reminder. */
  async step(at: At, actor: Actor, act: ReminderAct, id: string): Promise<readonly AnyAct[]> {
    const body = act === 'close' ? { end: 'put_right' } : { way: 'spoken' };
    return (await this.write(at, actor, `deductions.${act}`, { params: { id }, body })).acts;
  }

  private async write(at: At, actor: Actor, id: ReminderWrite, input: object) {
    if (!mayDo(actor.roles, operations[id].access)) throw new Refusal('auth.forbidden');
    const handler = this.handlers[id];
    if (typeof handler !== 'function') throw new Error(`${id} is no plain handler`);
    const acts: AnyAct[] = [];
    const context: WriteContext = {
      ...{ ...at, actor, actorId: actor.id, isLocal: false, idempotencyKey: `key-${at.newId()}` },
      act: (...told) => acts.push(...told),
    };
    const made: unknown = await handler(input as never, context);
    return { made, acts };
  }
}

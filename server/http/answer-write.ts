import { isDeepStrictEqual } from 'node:util';
import type { Request } from 'express';
import type { Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import { type Admission, type Call, given, runLongWrite } from '../commands/index.ts';
import { admitToWrite, type Admitted } from './admit.ts';
import { inputHash } from './canonical.ts';
import type { CommandContext, LongContext, Recalled } from './context.ts';
import { claim, type Command, keepAnswer, onceForKey } from './idempotency.ts';
import type { AnyHandler, Kernel } from './kernel-options.ts';
import { pack, unpack } from './kept-answer.ts';
import { InvalidInput } from './problems.ts';
import {
  actAt,
  type Asked,
  readInput,
  type Brought,
  checkedAnswer,
  commonContext,
  runHandler,
  type Outcome,
  withVillage,
} from './request-steps.ts';

const KEY = /^[A-Za-z0-9_-]{8,100}$/;

/** The key, the act and the answer are one transaction: a caller who asks again gets this answer and no second act. */
export async function answerWrite(kernel: Kernel, asked: Asked): Promise<Outcome> {
  const { endpoint, handler, request, nowMs, sender } = asked;
  if (!sender?.village) throw new Refusal('auth.forbidden');
  const villageId = sender.village.id;
  const brought = await readInput(asked);
  const unowned = {
    villageId,
    key: idempotencyKey(request),
    route: endpoint.id,
    inputHash: inputHash(brought.input),
    nowMs,
  };
  if ('command' in handler)
    return kernel.commands.run(
      villageId,
      admission(kernel, asked, callOf(kernel, asked, unowned, { handler, input: brought.input })),
    );
  const work = (tx: Tx, own: Brought) => operateIn(tx, kernel, asked, unowned, own);
  if ('prepare' in handler) return answerLong(kernel, asked, { sender, handler, input: brought.input, work });
  return kernel.store.transaction((tx) => work(tx, brought), endpoint.operation.slow ? undefined : villageId);
}

/** A write as it was asked, before it is known who asks. */
type UnownedCommand = Omit<Command, 'actorId'>;

function contextOf(kernel: Kernel, asked: Asked, unowned: UnownedCommand, who: Admitted) {
  // On a kiosk the device minted the key: the next volunteer may ask again for what the last one sent.
  const command: Command = { ...unowned, actorId: who.actor.kioskId ?? who.actor.id };
  const context: CommandContext = withVillage(asked, who.village, {
    ...commonContext(kernel, asked, who),
    ...{ villageId: unowned.villageId, actorId: who.actor.id, idempotencyKey: command.key },
  });
  return { command, context };
}

interface Commanded {
  readonly handler: Extract<AnyHandler, { command: unknown }>;
  readonly input: unknown;
}

/** Makes the call of a command for whoever was admitted. */
function callOf(kernel: Kernel, asked: Asked, unowned: UnownedCommand, { handler, input }: Commanded) {
  const { endpoint } = asked;
  const { recalled = wholeAnswers } = handler;
  return (who: Admitted) => {
    const { command, context } = contextOf(kernel, asked, unowned, who);
    return onceForKey<Outcome>(command, handler.command(input, context), {
      fresh(answer) {
        const body = checkedAnswer(asked, answer);
        const kept = pack(kernel, endpoint, command, recalled.parts(body));
        return { outcome: { kind: 'json', body, replayed: false }, kept };
      },
      again(kept) {
        const whole = recalled.whole(unpack(kernel, endpoint, command, kept));
        return {
          wanted: whole.wanted,
          pick: (set) => ({ kind: 'json', body: checkedAnswer(asked, whole.pick(set)), replayed: true }),
        };
      },
    });
  };
}

/** Does a write that is no command, with its acts, in this transaction. */
async function operateIn(
  tx: Tx,
  kernel: Kernel,
  asked: Asked,
  unowned: UnownedCommand,
  brought: Brought,
): Promise<Outcome> {
  const { endpoint, handler } = asked;
  // Acts are numbered in the book, and whoever writes it holds it before anything else.
  await tx.lockBook(unowned.villageId);
  const who = await admitToWrite(kernel, asked, tx);
  const { command, context } = contextOf(kernel, asked, unowned, who);
  const before = await claim(tx, command);
  if (before) return { kind: 'json', body: unpack(kernel, endpoint, command, before.kept), replayed: true };
  const acts: AnyAct[] = [];
  const noting = { ...context, tx, act: (...done: readonly AnyAct[]) => void acts.push(...done) };
  const body = checkedAnswer(asked, await runHandler(handler, brought, noting));
  await kernel.bookActs(tx, actAt(kernel, asked, who), acts);
  await keepAnswer(tx, command, pack(kernel, endpoint, command, body));
  return { kind: 'json', body, replayed: false };
}

interface Long {
  readonly sender: Admitted;
  readonly handler: Extract<AnyHandler, { prepare: unknown }>;
  readonly input: unknown;
  readonly work: (tx: Tx, brought: Brought) => Promise<Outcome>;
}

/** Prepares for whoever sent the request. The short transaction looks again whether he still may. */
async function answerLong(
  kernel: Kernel,
  asked: Asked,
  { sender, handler, input, work }: Long,
): Promise<Outcome> {
  const { store, clock } = kernel;
  const context: LongContext = withVillage(asked, sender.village, {
    ...{ ...commonContext(kernel, asked, sender), store, clock },
  });
  try {
    return await runLongWrite(store, {
      prepare: (isAgain) => handler.prepare(input, context, isAgain).catch(unlessRefused),
      commit: (tx, prepared) => work(tx, { input, prepared }),
    });
  } finally {
    // The write is over, however it ended. If this fails, what was told is forgotten by its age.
    await handler.end?.(input, context).catch(() => undefined);
  }
}

/** The key is looked up before anything is refused: the transaction finds the same reason again. */
function unlessRefused(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

const wholeAnswers: Recalled<unknown> = { parts: (answer) => answer, whole: given };

/**
 * Looks the caller of a command up once more, because a log-in may have been ended while the body was on its way. PostgreSQL
 * is asked at the same time for what the command reads if nothing changed.
 */
function admission<Answer>(
  kernel: Kernel,
  asked: Asked,
  callOf: (who: Admitted) => Call<Answer>,
): Admission<Answer> {
  const { sender } = asked;
  const likely = kernel.engine === 'postgres' && sender ? callOf(sender) : undefined;
  const open = async (tx: Tx) => {
    const who = await admitToWrite(kernel, asked, tx);
    return likely && isDeepStrictEqual(who, sender) ? likely : callOf(who);
  };
  return Object.assign(open, { likely });
}

function idempotencyKey(request: Request): string {
  const key = request.get('Idempotency-Key');
  if (key === undefined || key === '') throw new Refusal('idempotency.missing');
  if (KEY.test(key)) return key;
  throw new InvalidInput([
    {
      code: 'invalid_format',
      format: 'regex',
      pattern: KEY.source,
      path: ['header', 'Idempotency-Key'],
      message: '',
    },
  ]);
}

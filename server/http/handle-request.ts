import type { AnyAct } from '../../shared/acts/act.ts';
import type { Picture } from '../../shared/operation.ts';
import { Refusal } from '../../shared/errors.ts';
import { addressKey } from './address-key.ts';
import { admit, admitApart } from './admit.ts';
import { answerWrite } from './answer-write.ts';
import type { OpenContext, ReadContext } from './context.ts';
import { deviceCookie, refreshCookie, setDeviceCookie, setRefreshCookie } from './cookie.ts';
import { discard, type Spooled } from './downloads.ts';
import type { Kernel } from './kernel-options.ts';
import { noteOf } from './request-note.ts';
import {
  actAt,
  type AnyContext,
  asFile,
  type Asked,
  readInput,
  checkedAnswer,
  commonContext,
  runHandler,
  type Outcome,
  withVillage,
} from './request-steps.ts';
import { validate } from './validate.ts';

/** Handles one request from authentication to answer. */
export async function answer(kernel: Kernel, asked: Asked): Promise<Outcome> {
  const { endpoint } = asked;
  if (endpoint.operation.idempotent === false) return answerOpen(kernel, asked);
  return endpoint.method === 'GET' ? answerRead(kernel, asked) : answerWrite(kernel, asked);
}

/** Reads caller, village and answer in one snapshot. */
async function answerRead(kernel: Kernel, asked: Asked): Promise<Outcome> {
  const written: Spooled[] = [];
  const { takes } = asked.endpoint.operation;
  if (takes !== undefined) await bookTaking(kernel, asked, takes);
  try {
    return await kernel.store.read(async (reader) => {
      const who = await admit(kernel, asked, reader);
      const brought = await readInput(asked);
      const context: ReadContext = withVillage(asked, who.village, {
        ...commonContext(kernel, asked, who),
        reader,
      });
      const result = await runHandler(asked.handler, brought, context);
      switch (asked.endpoint.operation.response) {
        case 'binary': {
          const outcome = await asFile(kernel, asked, result);
          written.push(outcome.file);
          return outcome;
        }
        case 'picture':
          return { kind: 'picture', picture: result as Picture };
        default:
          return { kind: 'json', body: checkedAnswer(asked, result), replayed: false };
      }
    });
  } catch (error) {
    // The snapshot may fail when it ends, after a download was written out.
    for (const file of written) discard(file);
    throw error;
  }
}

/** Books that data is taken out, before any of it is read. Nothing is booked for a thing that does not exist. */
async function bookTaking(kernel: Kernel, asked: Asked, act: string): Promise<void> {
  const { handler } = asked;
  const input = validate(asked.endpoint, asked.request, asked.body) as TakingInput;
  const { id, ...rest } = input.params ?? {};
  await kernel.store.transaction(async (tx) => {
    const who = await admit(kernel, asked, tx);
    if (!who.village) throw new Refusal('auth.forbidden');
    const context: ReadContext = withVillage(asked, who.village, {
      ...commonContext(kernel, asked, who),
      reader: tx,
    });
    if ('isThere' in handler && !(await handler.isThere(input, context as AnyContext))) return;
    const householdId = id ?? (who.actor.kind === 'household' ? who.actor.id : undefined);
    const on = householdId === undefined ? `village:${who.village.id}` : `household:${householdId}`;
    const taking = { act, on, is: { ...rest, ...input.query } } as unknown as AnyAct;
    await kernel.bookActs(tx, actAt(kernel, asked, who), [taking]);
  });
}

/** The input of a read that takes data out: a household's id (a household takes its own), or the choice of what is taken. */
interface TakingInput {
  readonly params?: { readonly id?: string };
  readonly query?: object;
}

async function answerOpen(kernel: Kernel, asked: Asked): Promise<Outcome> {
  const { request, response, endpoint } = asked;
  const brought = await readInput(asked);
  // Authenticated after the body, which may have taken long to arrive.
  const who = await admitApart(kernel, asked);
  const own: Omit<OpenContext, 'village' | 'today'> = {
    ...commonContext(kernel, asked, who),
    store: kernel.store,
    bookActs: (tx, ...acts) => kernel.bookActs(tx, actAt(kernel, asked, who), acts),
    address: addressKey(request.ip),
    userAgent: (request.get('User-Agent') ?? '').slice(0, 512),
    cameIn: (kind, id) => void (noteOf(request).actor = { kind, id, roles: [], householdIds: [] }),
    refreshToken: refreshCookie(request),
    deviceToken: (name) => deviceCookie(request, name),
    setDeviceToken: (name, token, maxAgeMs) => setDeviceCookie(request, response, { name, token, maxAgeMs }),
    setRefreshToken: (token, maxAgeMs) => setRefreshCookie(request, response, token, maxAgeMs),
  };
  const result = await runHandler(asked.handler, brought, withVillage(asked, who.village, own));
  if (endpoint.operation.response === 'binary') return asFile(kernel, asked, result);
  return { kind: 'json', body: checkedAnswer(asked, result), replayed: false };
}

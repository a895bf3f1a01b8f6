import type { Tx } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { endpoints } from '../../shared/handovers/endpoints.ts';
import type { Actor, HandlersOf, OpenContext, RandomBytes } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { findStaff } from '../staff/index.ts';
import { findHandover, signHandover, withdrawHandover } from './settle.ts';
import { possibleSides, startHandover } from './start.ts';
import { readHandovers } from './state.ts';
import { shownHandovers, shownPack } from './view.ts';

interface HandoversServices {
  readonly ledger: Ledger;
  readonly random: RandomBytes;
  /** Throws when the password is not the caller's (server/staff). */
  readonly confirmPassword: (context: OpenContext, password: string) => Promise<void>;
}

const SALT_BYTES = 16;

export function handoversHandlers({
  ledger,
  random,
  confirmPassword,
}: HandoversServices): HandlersOf<typeof endpoints> {
  const newSalt = () => Buffer.from(random(SALT_BYTES)).toString('hex');
  return {
    'handovers.list': async ({ query: { before, limit } }, { reader, ...at }) => {
      const all = await readHandovers(reader, at.village.id);
      const from = before === undefined ? all : all.filter(({ id }) => id < before);
      const page = from.slice(0, limit);
      const next = from.length > limit ? (page.at(-1)?.id ?? null) : null;
      return { items: await shownHandovers(reader, at, page), next };
    },

    'handovers.people': async (_input, { reader, village }) => {
      const people = await possibleSides(reader, village.id);
      return {
        items: people.map(({ id, displayName, confirmedAtMs }) => ({
          ...{ id, name: displayName, isConfirmed: confirmedAtMs !== null },
        })),
      };
    },

    'handovers.get': async ({ params: { id } }, { reader, ...at }) => {
      const handover = await findHandover(reader, at.village.id, id);
      const [shown] = await shownHandovers(reader, at, [handover]);
      if (!shown) throw new Error('a hand-over that was found is not shown');
      return { ...shown, pack: await shownPack(reader, ledger.kinds, at.village.id, id) };
    },

    'handovers.start': async ({ body }, { tx, act, ...at }) => {
      const { id, act: started } = await startHandover(tx, at, body);
      act(started);
      return { id };
    },

    'handovers.sign': async ({ params: { id }, body: { hash, password, remark } }, context) => {
      await confirmPassword(context, password);
      await context.store.transaction(async (tx) => {
        const actor = await stillInOffice(tx, context);
        const act = await signHandover(tx, { ...context, actor, newSalt }, { id, hash, remark });
        await context.bookActs(tx, act);
      });
      return { id };
    },

    'handovers.withdraw': async ({ params: { id }, body: { reason } }, { tx, act, village }) => {
      act(await withdrawHandover(tx, village.id, { id, reason }));
      return { id };
    },
  };
}

/** The caller by the database now: the password was checked outside this transaction. */
async function stillInOffice(tx: Tx, { village, actor }: OpenContext): Promise<Actor> {
  await tx.lockBook(village.id);
  const { roles, confirmedAtMs, disabledAtMs } = await findStaff(tx, village.id, actor.id);
  if (disabledAtMs !== null) throw new Refusal('auth.session_ended');
  // Until the books are open nobody needs to be confirmed.
  return { ...actor, roles, confirmedAtMs: actor.confirmedAtMs === 0 ? 0 : confirmedAtMs };
}

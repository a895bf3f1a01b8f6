import { and, eq, gt, isNotNull, isNull, min } from 'drizzle-orm';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { badTold, type CheckAt, type StartCheck } from '../acts/index.ts';
import { accountKinds } from '../households/ledger-kinds.ts';
import { bookedEntries } from '../ledger/index.ts';

/**
 * A text or a fact may be missing where the household that it tells of was erased: an act says so, and that one person
 * proposed and another approved.
 */
export const checkErased: StartCheck = (at) => {
  const erased = new Set<string>();
  return {
    take({ act, id, is, actorId }) {
      const proposedBy = is.get('proposedBy');
      if (act === 'households.erased' && typeof proposedBy === 'string' && proposedBy !== actorId)
        erased.add(id);
    },
    finish: async ({ isFounded }) =>
      isFounded ? ((await wrongFact(at, erased)) ?? (await wrongText(at, erased))) : null,
  };
};

async function wrongFact(
  { reader, villageId }: CheckAt,
  erased: ReadonlySet<string>,
): Promise<BadRow | null> {
  const { journalFacts } = reader.t;
  const owners = await reader.db
    .select({ ownerId: journalFacts.ownerId, number: min(journalFacts.number) })
    .from(journalFacts)
    .where(
      and(eq(journalFacts.villageId, villageId), isNotNull(journalFacts.ownerId), isNull(journalFacts.value)),
    )
    .groupBy(journalFacts.ownerId);
  const wrong = owners.find(({ ownerId }) => ownerId !== null && !erased.has(ownerId));
  if (!wrong) return null;
  const place = { id: wrong.ownerId ?? '', number: wrong.number, column: 'value' } as const;
  return badTold(journalFacts, { ...place, check: 'erased' });
}

const TEXTS_A_PAGE = 300;

async function wrongText(
  { reader, villageId, giveWay }: CheckAt,
  erased: ReadonlySet<string>,
): Promise<BadRow | null> {
  const { journalTexts } = reader.t;
  for (let last = 0; ;) {
    await giveWay();
    const page: { number: number }[] = await reader.db
      .select({ number: journalTexts.number })
      .from(journalTexts)
      .where(
        and(eq(journalTexts.villageId, villageId), isNull(journalTexts.body), gt(journalTexts.number, last)),
      )
      .orderBy(journalTexts.number)
      .limit(TEXTS_A_PAGE);
    const numbers = page.map(({ number }) => number);
    for (const [number, { lines }] of await bookedEntries(reader, villageId, numbers)) {
      const owners = lines.map(({ accountId }) => ownerOf(accountId));
      if (!owners.some((owner) => owner !== null && erased.has(owner)))
        return badTold(journalTexts, { id: String(number), number, column: 'body', check: 'erased' });
    }
    if (page.length < TEXTS_A_PAGE) return null;
    last = numbers.at(-1) ?? last;
  }
}

function ownerOf(accountId: string): string | null {
  return accountKinds.household.ownerOf(accountId) ?? accountKinds.held.ownerOf(accountId);
}

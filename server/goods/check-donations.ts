import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm';
import type { RowOf } from '../../db/index.ts';
import { badTold, type CheckAt, firstWrong, type StartCheck } from '../acts/index.ts';
import { bookedEntries } from '../ledger/index.ts';
import { DONOR_FACT } from './donor-fact.ts';

/** Compares the donors of goods that were given with the entries that took the goods in. */
export const checkDonations: StartCheck = (at) => ({
  async finish({ isWhole }) {
    const { reader, villageId } = at;
    const { donations } = reader.t;
    for await (const page of pagesOf(at)) {
      const entries = await bookedEntries(
        reader,
        villageId,
        page.map(({ journalNumber }) => journalNumber),
      );
      for (const { journalNumber: number, goodsId, donor, isNamed, effectiveOn } of page) {
        const entry = entries.get(number);
        const wrong = firstWrong(donations, { id: String(number), check: 'entry', number }, [
          ['goodsId', entry?.source, `donated:${goodsId}`],
          ['donor', entry?.facts.get(DONOR_FACT), JSON.stringify([donor, isNamed])],
          ['effectiveOn', entry?.effectiveOn, effectiveOn],
        ]);
        if (wrong) return wrong;
      }
    }
    return isWhole ? missingDonation(at) : null;
  },
});

const ROWS_A_PAGE = 300;

async function* pagesOf({ reader, villageId, giveWay }: CheckAt): AsyncGenerator<RowOf<'donations'>[]> {
  const { donations } = reader.t;
  for (let last = 0; ;) {
    await giveWay();
    const page: RowOf<'donations'>[] = await reader.db
      .select()
      .from(donations)
      .where(and(eq(donations.villageId, villageId), gt(donations.journalNumber, last)))
      .orderBy(donations.journalNumber)
      .limit(ROWS_A_PAGE);
    yield page;
    if (page.length < ROWS_A_PAGE) return;
    last = page.at(-1)?.journalNumber ?? last;
  }
}

async function missingDonation({ reader, villageId }: CheckAt) {
  const { journalFacts, donations } = reader.t;
  const [lost] = await reader.db
    .select({ number: journalFacts.number })
    .from(journalFacts)
    .leftJoin(
      donations,
      and(eq(donations.villageId, journalFacts.villageId), eq(donations.journalNumber, journalFacts.number)),
    )
    .where(
      and(
        eq(journalFacts.villageId, villageId),
        eq(journalFacts.name, DONOR_FACT),
        isNotNull(journalFacts.value),
        isNull(donations.journalNumber),
      ),
    )
    .limit(1);
  return lost ? badTold(donations, { id: String(lost.number), number: lost.number, check: 'missing' }) : null;
}

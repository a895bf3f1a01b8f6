import { and, eq, gt } from 'drizzle-orm';
import type { RowOf } from '../../db/index.ts';
import { lastDigits } from '../../shared/cards/code.ts';
import { type CheckAt, firstWrong, type StartCheck, type ToldAct } from '../acts/index.ts';

/** The card of a household that the demo's roster brought. */
const UNTOLD = 'untold';

/** The last digits of a household's cards. */
interface Cards {
  readonly all: unknown[];
  /** The one that opens something; undefined: none. */
  valid: unknown;
}

/**
 * Compares the cards of each household, and which of them is valid, with the acts that issued and revoked them. The book
 * has the last digits alone, and of an erased household none.
 */
export const checkCards: StartCheck = (at) => {
  const told = new Map<string, Cards>();
  return {
    take(act) {
      if (act.kind === 'household') hear(told, act);
    },
    async finish({ isWhole }) {
      if (!isWhole) return null;
      const stored = await storedCards(at);
      for (const id of new Set([...told.keys(), ...stored.keys()])) {
        const [expected, found] = [told.get(id) ?? newCards(), stored.get(id) ?? newCards()];
        const unknown = found.all.find((card) => !expected.all.includes(card));
        const known = (card: unknown) => (card === UNTOLD ? unknown : card);
        const wrong = firstWrong(at.reader.t.cards, { id, check: 'told' }, [
          ['code', expected.all.map(known).sort(), found.all.toSorted()],
          ['revokedAtMs', known(expected.valid), found.valid],
        ]);
        if (wrong) return wrong;
      }
      return null;
    },
  };
};

function newCards(): Cards {
  return { all: [], valid: undefined };
}

function hear(told: Map<string, Cards>, { act, id, is }: ToldAct): void {
  if (act === 'households.erased') {
    told.delete(id);
    return;
  }
  const cards = told.get(id) ?? newCards();
  if (act === 'cards.issued' || act === 'imports.added') {
    cards.valid = is.get('card') ?? UNTOLD;
    cards.all.push(cards.valid);
  }
  if (act === 'cards.revoked') cards.valid = undefined;
  told.set(id, cards);
}

const CARDS_A_PAGE = 500;

async function storedCards({ reader, villageId, giveWay }: CheckAt): Promise<Map<string, Cards>> {
  const { cards } = reader.t;
  const stored = new Map<string, Cards>();
  for (let last = ''; ;) {
    await giveWay();
    const page: RowOf<'cards'>[] = await reader.db
      .select()
      .from(cards)
      .where(and(eq(cards.villageId, villageId), gt(cards.code, last)))
      .orderBy(cards.code)
      .limit(CARDS_A_PAGE);
    for (const { householdId, code, revokedAtMs } of page) {
      const own = stored.get(householdId) ?? newCards();
      own.all.push(lastDigits(code));
      if (revokedAtMs === null) own.valid = lastDigits(code);
      stored.set(householdId, own);
    }
    if (page.length < CARDS_A_PAGE) return stored;
    last = page.at(-1)?.code ?? last;
  }
}

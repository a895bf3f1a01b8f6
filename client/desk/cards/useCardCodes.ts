import { onScopeDispose, proxyRefs, ref, shallowRef } from 'vue';
import { CODES_AT_ONCE } from '../../../shared/cards/codes-at-once.ts';
import type { AnswerOf, Api, BodyOf, Failure } from '../../api/index.ts';
import { useIntent } from '../../intent/useIntent.ts';
import type { ListedCard } from './printed-card.ts';

/** Codes by household. */
export type CardCodes = ReadonlyMap<string, string>;

/**
 * Takes the codes of cards out, for paper. The book notes it for each household, so nothing asks for them before somebody
 * prints.
 */
export function useCardCodes(api: Api) {
  const failure = shallowRef<Failure | null>(null);
  const busy = ref(false);
  const piece = useIntent<BodyOf<'cards.sheet'>, AnswerOf<'cards.sheet'>>({
    send: (body, key) => api.call('cards.sheet', { body, key, timeoutMs: 60_000 }),
  });
  let isLeft = false;
  onScopeDispose(() => (isLeft = true));

  /** The codes of these cards; null if it failed, or the screen was left. A card that was replaced meanwhile has none. */
  async function take(cards: readonly ListedCard[]): Promise<CardCodes | null> {
    failure.value = null;
    busy.value = true;
    try {
      return await takeAll(cards);
    } finally {
      busy.value = false;
    }
  }

  async function takeAll(cards: readonly ListedCard[]): Promise<CardCodes | null> {
    const issued = new Map(cards.map(({ household, issuedAtMs }) => [household.id, issuedAtMs]));
    const codes = new Map<string, string>();
    // An unanswered piece may have asked for other cards than this one does.
    await piece.beginAnew();
    for (let from = 0; from < cards.length; from += CODES_AT_ONCE) {
      const some = cards.slice(from, from + CODES_AT_ONCE);
      const answer = await piece.run({ householdIds: some.map(({ household }) => household.id) });
      if (answer === null) failure.value = piece.failure;
      if (answer === null || isLeft) return null;
      for (const { householdId, issuedAtMs, code } of answer.items)
        if (issued.get(householdId) === issuedAtMs) codes.set(householdId, code);
    }
    return codes;
  }

  return proxyRefs({ failure, busy, take });
}

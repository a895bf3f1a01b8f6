import { CARD_CODE_DIGITS, isCardCode } from '../../shared/cards/code.ts';
import { householdNumberKey } from '../../shared/households/number.ts';
import { keptOriginalKey, meantBy } from '../../shared/households/original-number.ts';
import type { CopiedHousehold } from './copied-household.ts';
import { seek } from './find-households.ts';
import type { KeptHousehold, KeptVillage } from './kept-village.ts';

/** Finds households in a copy. */
export interface LookUp {
  readonly byCard: (code: string, today: string) => Promise<CopiedHousehold | null>;
  readonly byNumber: (number: string, today: string) => CopiedHousehold | null;
  readonly find: (text: string, today: string) => FoundHouseholds;
}

/** A few of those that somebody may mean, in the order of their numbers. */
export interface FoundHouseholds {
  readonly items: readonly CopiedHousehold[];
  /** There are others. */
  readonly more: boolean;
}

const FOUND_MAX = 8;
const HASH_BYTES = 16;
const HMAC = { name: 'HMAC', hash: 'SHA-256' } as const;

interface Numbered {
  readonly number: string;
  readonly numberKey: string;
  readonly originalNumber: string | null;
  readonly originalKey: string | null;
  readonly of: KeptHousehold;
}

export function createLookUp(village: KeptVillage, subtle: SubtleCrypto): LookUp {
  const byHash = new Map<string, KeptHousehold>();
  for (const one of village.households.values()) if (one.card) byHash.set(one.card.hash, one);
  const cardKey = subtle.importKey('raw', bytesOf(village.cardKey), HMAC, false, ['sign']);
  // A look-up awaits it and hears of a failure.
  cardKey.catch(() => undefined);
  // Most look-ups are by card, and each change makes another of these.
  let known: readonly Numbered[] | null = null;
  const numbered = () => (known ??= inOrder(village));
  const show = (one: KeptHousehold | undefined, today: string) =>
    one === undefined ? null : shown(village, one, today);

  return {
    async byCard(code, today) {
      if (code.length !== CARD_CODE_DIGITS || !isCardCode(code)) return null;
      const hash = await subtle.sign(HMAC.name, await cardKey, new TextEncoder().encode(code));
      return show(byHash.get(textOf(new Uint8Array(hash, 0, HASH_BYTES))), today);
    },
    byNumber: (number, today) => show(meantBy(number, numbered())?.of, today),
    find(text, today) {
      const isMeant = seek(text);
      const found: CopiedHousehold[] = [];
      for (const { of } of numbered()) {
        if (!isMeant(of)) continue;
        if (found.length === FOUND_MAX) return { items: found, more: true };
        found.push(shown(village, of, today));
      }
      return { items: found, more: false };
    },
  };
}

function inOrder({ households }: KeptVillage): Numbered[] {
  return Array.from(households.values(), (of) => {
    const { number, originalNumber } = of;
    const originalKey = keptOriginalKey(number, originalNumber);
    return { number, numberKey: householdNumberKey(number), originalNumber, originalKey, of };
  }).sort((a, b) => (a.numberKey < b.numberKey ? -1 : 1));
}

function shown(village: KeptVillage, one: KeptHousehold, today: string): CopiedHousehold {
  const isOfMonth = one.onDay.slice(0, 7) >= today.slice(0, 7);
  const taken = new Map(isOfMonth ? one.taken.map(({ goodsId, pieces }) => [goodsId, pieces]) : []);
  return {
    ...{ id: one.id, number: one.number, name: one.head, group: one.group, balance: one.balance },
    redeemedToday: one.onDay >= today ? one.redeemedToday : 0,
    remaining: village.goods.flatMap(({ id: goodsId, monthlyLimit }) =>
      monthlyLimit === null
        ? []
        : [{ goodsId, pieces: Math.max(0, monthlyLimit - (taken.get(goodsId) ?? 0)) }],
    ),
    cardIssuedAtMs: one.card?.issuedAtMs ?? null,
    entry: village.entry,
  };
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}

function textOf(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

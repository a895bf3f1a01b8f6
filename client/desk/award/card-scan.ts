import type { Household } from '../../../shared/contract/households.ts';
import { isCardCode } from '../../../shared/card-code.ts';
import type { Api, Failure } from '../../api/index.ts';

export type FoundByCard =
  | { readonly kind: 'found'; readonly household: Household }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The household whose card was scanned: the QR holds an address with the code behind `#c=`, or the code alone. */
export async function findByCard(api: Api, scanned: string): Promise<FoundByCard> {
  const text = scanned.normalize('NFKC').trim();
  const code = /#c=(\d{12})$/.exec(text)?.[1] ?? text;
  if (!isCardCode(code)) return { kind: 'unknown' };
  const outcome = await api.call('households.list', { query: { q: code, limit: 2 } });
  if (outcome.kind !== 'answer') return { kind: 'failed', failure: outcome };
  const [household] = outcome.data.items;
  return household?.state === 'active' && outcome.data.items.length === 1
    ? { kind: 'found', household }
    : { kind: 'unknown' };
}

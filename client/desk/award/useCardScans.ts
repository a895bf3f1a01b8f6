import { computed, proxyRefs, ref, shallowRef } from 'vue';
import type { Household } from '../../../shared/households/contract.ts';
import type { Api, Failure } from '../../api/index.ts';
import { readScan } from '../../scan/read-scan.ts';

/** The fate of a household that was to be put on the list. `full`: the list holds as many as the server takes. */
export type Added = 'added' | 'there_already' | 'full';

export type CardScan =
  { readonly is: Added; readonly name: string } | { readonly is: 'unknown' } | { readonly is: 'misread' };

interface CardScansParts {
  readonly api: Api;
  /** Puts a household on the list, if it has room. */
  readonly add: (household: Household) => Added;
}

/**
 * Cards scanned one after the other, each to become a household on the list. They are looked up in the order they
 * were scanned, one at a time, so that what is said last is about the last card.
 */
export function useCardScans({ api, add }: CardScansParts) {
  const said = shallowRef<CardScan | null>(null);
  const failure = shallowRef<Failure | null>(null);
  /** The last four digits of cards without a household, until each is scanned again or they are dismissed. */
  const missed = ref<readonly string[]>([]);
  const waiting = ref(0);
  let queue = Promise.resolve();

  function scan(text: string): Promise<void> {
    waiting.value += 1;
    queue = queue.then(() => lookUp(text)).finally(() => (waiting.value -= 1));
    return queue;
  }

  async function lookUp(text: string): Promise<void> {
    failure.value = null;
    const meaning = readScan(text, new Map());
    if (meaning.kind !== 'card') {
      said.value = { is: 'misread' };
      return;
    }
    const digits = meaning.code.slice(-4);
    const outcome = await api.call('households.list', { query: { q: meaning.code, limit: 2 } });
    if (outcome.kind !== 'answer') {
      failure.value = outcome;
      miss(digits);
      return;
    }
    const [household, another] = outcome.data.items;
    if (household?.state !== 'active' || another !== undefined) {
      said.value = { is: 'unknown' };
      miss(digits);
      return;
    }
    missed.value = missed.value.filter((one) => one !== digits);
    said.value = { is: add(household), name: `${household.number} ${household.head}` };
  }

  function miss(digits: string): void {
    if (!missed.value.includes(digits)) missed.value = [...missed.value, digits];
  }

  return proxyRefs({
    said,
    failure,
    missed,
    scan,
    /** A card is being looked up: whoever sends now would leave its household out. */
    isLooking: computed(() => waiting.value > 0),
    dismiss(): void {
      missed.value = [];
      failure.value = null;
      said.value = null;
    },
  });
}

import { ref, type Ref } from 'vue';
import type { BodyOf } from '../../api/index.ts';
import type { KeptBasket } from '../memory.ts';
import type { Visit } from './createVisit.ts';
import type { Voice } from './createVoice.ts';
import type { Goods } from './useGoods.ts';
import type { Station } from './useStation.ts';

export interface Lookup {
  readonly isLooking: Readonly<Ref<boolean>>;
  /** Finds a household and puts it on the screen; of two under way the later one counts. True when it is there. */
  readonly find: (wanted: BodyOf<'kiosk.lookup'>) => Promise<boolean>;
  /** Puts an interrupted basket back before its household, with fresh balance and limits. */
  readonly restore: (kept: KeptBasket) => Promise<boolean>;
  /** What is under way no longer counts. */
  readonly forget: () => void;
}

interface LookupParts {
  readonly station: Station;
  readonly goods: Goods;
  readonly visit: Visit;
  readonly voice: Voice;
}

const timeoutMs = 8000;

export function createLookup({ station, goods, visit, voice }: LookupParts): Lookup {
  const isLooking = ref(false);
  let latest = 0;
  /** How the household on the screen was asked for. */
  let shown = '';

  async function find(body: BodyOf<'kiosk.lookup'>): Promise<boolean> {
    latest += 1;
    const mine = latest;
    isLooking.value = true;
    voice.sound('card');
    void goods.refresh();
    const outcome = await station.api.call('kiosk.lookup', { body, timeoutMs });
    if (mine !== latest) return false;
    isLooking.value = false;
    if (outcome.kind !== 'answer') {
      // Whoever stands here now is somebody else, even if it cannot be said who: the basket waits for its own card.
      const keepsBasket = visit.lines.value.length > 0;
      if (JSON.stringify(body) !== shown) visit.putAside();
      voice.tell({
        kind: 'failure',
        failure: outcome,
        writes: false,
        basketWaits: keepsBasket && !visit.household.value,
      });
      return false;
    }
    shown = JSON.stringify(body);
    const basket = visit.open(outcome.data);
    if (basket === 'dropped') voice.tell({ kind: 'info', name: 'basketDropped' });
    if (basket === 'back') voice.tell({ kind: 'info', name: 'basketBack' });
    return true;
  }

  async function restore(kept: KeptBasket): Promise<boolean> {
    const outcome = await station.api.call('kiosk.lookup', {
      body: { number: kept.householdNumber },
      timeoutMs,
    });
    if (outcome.kind !== 'answer' || outcome.data.id !== kept.householdId) return false;
    visit.restore(outcome.data, kept);
    return true;
  }

  function forget(): void {
    latest += 1;
    isLooking.value = false;
  }

  return { isLooking, find, restore, forget };
}

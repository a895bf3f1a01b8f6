import { readScan, type ScanMeaning } from '../scan/read-scan.ts';
import type { Voice } from './composables/createVoice.ts';
import type { ScreenLock } from './composables/createScreenLock.ts';
import type { ReturnDesk } from './composables/createReturnDesk.ts';
import type { StatementDesk } from './composables/createStatementDesk.ts';
import type { Goods } from './composables/useGoods.ts';
import type { Station } from './composables/station.ts';
import type { Counter } from './counter/create-counter.ts';
import type { CounterEvent } from './counter/events.ts';

interface ScanParts {
  readonly station: Station;
  readonly goods: Goods;
  readonly statements: StatementDesk;
  readonly returns: ReturnDesk;
  readonly screenLock: ScreenLock;
  readonly voice: Voice;
  readonly counter: Counter;
}

/** The number of a slip, where a code of it is scanned. */
const SLIP_NUMBER = /^\d{1,9}$/;

/** Brings a scan to whom it is for: the statement desk is asked first, then a return, then the counter. */
export function createScanRoute(parts: ScanParts): (text: string) => void {
  const { station, goods, statements, screenLock, voice, counter } = parts;

  /** Somebody asked for a statement, or nobody is on duty and a card can ask for nothing else. */
  function isForStatement(meaning: ScanMeaning): meaning is ScanMeaning & { kind: 'card' } {
    if (meaning.kind !== 'card' || counter.place.at === 'sending' || station.isSigningIn.value) return false;
    return station.stage.value === 'signing_in' || statements.view.value === 'asking';
  }

  return (text) => {
    // Nobody is served by a locked screen, and nothing of a household is shown there.
    if (station.stage.value === 'open' && screenLock.isLocked.value) {
      voice.sound('error');
      return;
    }
    const meaning = readScan(text, goods.idByBarcode.value);
    if (isForStatement(meaning)) {
      counter.feed({ is: 'dialog', dialog: null });
      void statements.show({ card: meaning.code });
      return;
    }
    if (station.stage.value === 'open' && isForReturn(parts, text, meaning)) return;
    counter.feed(eventOf(meaning));
    // A household at the counter takes the place of a statement on the screen.
    if (meaning.kind === 'card' && counter.place.at === 'looking') statements.close();
  };
}

/** Goods are being taken back: what is scanned is theirs. A card makes way for its household unless a slip waits for it. */
function isForReturn({ returns, voice }: ScanParts, text: string, meaning: ScanMeaning): boolean {
  const { view, chosen } = returns;
  if (view.value === 'done' || (view.value === 'asking' && meaning.kind === 'card')) returns.close();
  if (view.value === 'closed') return false;
  if (view.value === 'asking' && SLIP_NUMBER.test(text)) void returns.find(Number(text));
  else if (view.value === 'choosing' && meaning.kind === 'card') void returns.showCard(meaning.code);
  else if (view.value === 'choosing' && meaning.kind === 'goods')
    returns.choose(meaning.goodsId, (chosen.value.get(meaning.goodsId) ?? 0) + 1);
  else voice.sound('error');
  return true;
}

function eventOf(meaning: ScanMeaning): CounterEvent {
  switch (meaning.kind) {
    case 'card':
      return { is: 'asked', question: { card: meaning.code } };
    case 'goods':
      return { is: 'goods', goodsId: meaning.goodsId };
    case 'foreign':
      return { is: 'unreadable', name: 'foreign' };
    case 'misread':
      return { is: 'unreadable', name: 'misread', params: { code: meaning.code } };
    case 'unknown_goods':
      return { is: 'unreadable', name: 'unknownGoods', params: { code: meaning.code } };
  }
}

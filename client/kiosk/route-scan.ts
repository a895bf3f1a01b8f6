import { readScan, type ScanMeaning } from '../scan/read-scan.ts';
import type { StatementDesk } from './composables/createStatementDesk.ts';
import type { Goods } from './composables/useGoods.ts';
import type { Station } from './composables/useStation.ts';
import type { Counter } from './counter/create-counter.ts';
import type { CounterEvent } from './counter/events.ts';

interface ScanParts {
  readonly station: Station;
  readonly goods: Goods;
  readonly statements: StatementDesk;
  readonly counter: Counter;
}

/** Brings a scan to whom it is for: the statement desk is asked first, then the counter. */
export function createScanRoute({ station, goods, statements, counter }: ScanParts): (text: string) => void {
  /** Somebody asked for a statement, or nobody is on duty and a card can ask for nothing else. */
  function isForStatement(meaning: ScanMeaning): meaning is ScanMeaning & { kind: 'card' } {
    if (meaning.kind !== 'card' || counter.place.at === 'sending' || station.isSigningIn.value) return false;
    return station.stage.value === 'signing_in' || statements.view.value === 'asking';
  }

  return (text) => {
    const meaning = readScan(text, goods.idByBarcode.value);
    if (isForStatement(meaning)) {
      counter.feed({ is: 'dialog', dialog: null });
      void statements.show({ card: meaning.code });
      return;
    }
    counter.feed(eventOf(meaning));
    // A household at the counter takes the place of a statement on the screen.
    if (meaning.kind === 'card' && counter.place.at === 'looking') statements.close();
  };
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

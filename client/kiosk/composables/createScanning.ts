import { readScan, type ScanMeaning } from '../../scan/meaning.ts';
import type { StatementDesk } from './createStatementDesk.ts';
import type { Voice } from './createVoice.ts';
import type { Goods } from './useGoods.ts';
import type { Station } from './useStation.ts';

interface ScanningParts {
  readonly station: Station;
  readonly goods: Goods;
  readonly voice: Voice;
  readonly statements: StatementDesk;
  /** Dialogs go: what a scan does is seen. */
  readonly clearView: () => void;
  readonly isSending: () => boolean;
  readonly scanCard: (code: string) => void;
  readonly scanGoods: (goodsId: string) => void;
}

/** What a scan does, from wherever it comes: by what it is, and by where the counter stands. */
export function createScanning(parts: ScanningParts): (text: string) => void {
  const { station, goods, voice, statements } = parts;

  /** Somebody asked for a statement, or nobody is on duty and a card can ask for nothing else. */
  function isForStatement(meaning: ScanMeaning): meaning is ScanMeaning & { kind: 'card' } {
    if (meaning.kind !== 'card' || parts.isSending()) return false;
    return station.stage.value === 'signing_in' || statements.view.value === 'asking';
  }

  function scanAtWork(meaning: ScanMeaning): void {
    if (meaning.kind === 'card') parts.scanCard(meaning.code);
    else if (meaning.kind === 'goods') parts.scanGoods(meaning.goodsId);
    else if (meaning.kind === 'foreign') voice.refuse('foreign');
    else voice.refuse(meaning.kind === 'misread' ? 'misread' : 'unknownGoods', { code: meaning.code });
  }

  return (text) => {
    parts.clearView();
    const meaning = readScan(text, goods.idByBarcode.value);
    if (isForStatement(meaning)) void statements.show({ card: meaning.code });
    else if (station.stage.value !== 'open') voice.refuse('signInFirst');
    else if (parts.isSending()) voice.refuse('busy');
    else scanAtWork(meaning);
  };
}

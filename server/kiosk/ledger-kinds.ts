import { entryKinds as labels } from '../../shared/kiosk/entry-kinds.ts';
import { accountKind, type AccountRef, entryKind } from '../ledger/index.ts';

/** The other side of a redemption: points that came back to the village, pieces that were handed out. */
export const accountKinds = {
  ...accountKind({
    kind: 'redeemed',
    unit: 'POINT',
    floor: null,
    owner: 'village',
    label: { zh: '兑换收回', en: 'Points redeemed' },
    section: 'expenses',
  }),
  ...accountKind({
    kind: 'given',
    unit: 'SKU',
    floor: null,
    owner: 'goods',
    label: { zh: '已发出', en: 'Handed out' },
    section: 'expenses',
  }),
};

export const REDEEMED = accountKinds.redeemed.of();

/** Pieces of an item that were handed out. */
export function givenAccount(goodsId: string): AccountRef {
  return accountKinds.given.of(goodsId, goodsId);
}

export const entryKinds = {
  ...entryKind({
    kind: 'redemption',
    mayPassFloor: false,
    source: ['redemption'],
    reversalMayBeProposed: true,
    label: labels.redemption,
    endsHold: true,
  }),
  /** Handed out without network where points or goods did not reach: two kiosks gave out the same. */
  ...entryKind({
    kind: 'late_redemption',
    mayPassFloor: true,
    source: ['redemption'],
    reversalMayBeProposed: true,
    label: labels.late_redemption,
  }),
};

import type { endpoints } from '../../shared/kiosk/endpoints.ts';
import { basketSample, PIN, type SamplesOf, today } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'kiosks.list': () => ({}),
  'kiosks.pinShare': () => ({ query: { above: 3000 } }),
  'kiosks.create': () => ({ body: { name: '二号台' } }),
  'kiosks.update': ({ kioskId }) => ({ params: { id: kioskId }, body: { name: '超市门口' } }),
  'kiosks.newCode': ({ kioskId }) => ({ params: { id: kioskId }, body: {} }),
  'kiosks.revoke': ({ kioskId }) => ({ params: { id: kioskId }, body: {} }),
  'volunteers.list': () => ({}),
  'volunteers.create': (_, fresh) => ({ body: { name: `志愿者${fresh}` } }),
  'volunteers.update': ({ volunteerId }) => ({ params: { id: volunteerId }, body: { newPin: true } }),
  'kiosks.allowNew': ({ household }) => ({ params: { id: household.id }, body: {} }),
  'volunteers.confirm': ({ newcomer: { id, pin } }) => ({
    ...{ params: { id }, body: { currentPin: pin, pin: '583920' } },
  }),
  'kiosk.pair': () => ({ body: { code: '0000 0000' } }),
  'kiosk.state': () => ({}),
  'kiosk.signIn': ({ volunteerId, kiosk }) => ({ body: { volunteerId, pin: kiosk.pin } }),
  'kiosk.unlock': ({ kiosk }) => ({ body: { pin: kiosk.pin } }),
  'kiosk.signOut': () => ({ body: {} }),
  'kiosk.shiftCounts': () => ({}),
  'kiosk.takeOver': ({ goodsId }) => ({
    body: {
      countId: null,
      counts: [{ goodsId, counted: 3, shown: 5, reason: 'other', remark: '等老张来对' }],
    },
  }),
  'shifts.daySheet': () => ({ query: { day: today() } }),
  'shifts.differences': () => ({}),
  'kiosk.goods': () => ({}),
  'kiosk.lookup': ({ household }) => ({ body: { number: household.number } }),
  'kiosk.find': ({ mark }) => ({ body: { name: mark } }),
  'kiosk.checkPin': ({ household }) => ({ body: { householdId: household.id, pin: PIN } }),
  'kiosk.vouch': ({ household, presence, voucher }) => ({
    body: { householdId: household.id, presence, volunteerId: voucher.id, pin: voucher.pin, points: 1600 },
  }),
  'kiosk.statement': ({ household }) => ({ body: { card: household.card } }),
  'kiosk.redeem': ({ household, goodsId, presence }) => ({
    body: { ...basketSample(household.id, goodsId), presence },
  }),
  'kiosk.undo': ({ redemptionId }) => ({ params: { id: redemptionId }, body: {} }),
  'kiosk.recent': () => ({}),
  'kiosk.slip': ({ kept }) => ({ body: { number: kept.number } }),
  'kiosk.return': ({ kept, goodsId, presence }) => ({
    params: { id: kept.id },
    body: { lines: [{ goodsId, quantity: 1 }], presence },
  }),
  'redemptions.find': ({ kept }) => ({ query: { number: kept.number } }),
  'redemptions.beside': ({ kept }) => ({ query: { entry: kept.number, after: 0 } }),
  'redemptions.return': ({ kept, goodsId }) => ({
    params: { id: kept.id },
    body: { lines: [{ goodsId, quantity: 1 }] },
  }),
};

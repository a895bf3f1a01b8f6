import type { endpoints } from '../../shared/me/endpoints.ts';
import { PIN, type SamplesOf } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'me.login': ({ household }) => ({ body: { card: household.card, pin: PIN } }),
  'me.logout': () => ({ body: {} }),
  'me.view': () => ({}),
  'me.passbook': () => ({ query: { limit: 10 } }),
  'me.months': () => ({}),
  'me.goods': () => ({}),
  'me.rules': () => ({}),
  'me.setGoal': ({ goodsId }) => ({ body: { goodsId } }),
  'me.changePin': () => ({ body: { pin: PIN, next: '739150' } }),
  'me.phones': () => ({}),
  'me.endPhone': ({ otherPhoneId }) => ({ params: { id: otherPhoneId }, body: {} }),
};

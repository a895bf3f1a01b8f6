import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { useOpenProposals } from '../../../client/desk/households/useOpenProposals.ts';
import { testDesk } from '../../support/desk-scope.ts';
import { handApi } from '../../support/hand-api.ts';

it('the open proposals of a household are asked for as such, and shown as they come', async () => {
  const hand = handApi();
  const { screen, leave } = testDesk({ api: hand.api }).open(() => useOpenProposals(() => 'h1'));
  expect(screen.open.value).toEqual([]);
  const asked = await hand.latest('proposals.list');
  expect(asked.input.query).toMatchObject({ householdId: 'h1', open: 'true' });
  await asked.answer({ items: [{ id: 'p1', state: 'on_notice' }], next: null });
  expect(screen.open.value.map(({ id }) => id)).toEqual(['p1']);
  leave();
});

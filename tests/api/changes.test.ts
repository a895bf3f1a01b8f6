import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, startTestServer, type StaffCaller, type TestServer } from '../support/server.ts';
import { goodsSample } from '../support/sample-parts.ts';
import { ENGINES } from '../support/stores.ts';

describe.each(ENGINES)('changes that nobody makes alone, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let shopkeeper: StaffCaller;
    let approver: StaffCaller;
    beforeAll(async () => {
      server = await startTestServer(engine);
      shopkeeper = await server.asStaff('shopkeeper');
      approver = await server.asStaff('approver');
    });
    afterAll(() => server.remove());

    const newItem = (price = 6000) =>
      server.must('goods.create', {
        as: shopkeeper,
        body: { ...goodsSample(`锄头${newKey().slice(0, 6)}`), price },
      });
    const propose = (
      operation: string,
      params: Record<string, string>,
      body: Record<string, unknown>,
      as = shopkeeper,
    ) => server.must('changes.propose', { as, body: { operation, params, body } });
    const agree = (change: { id: string; mark: string }, as = approver) =>
      server.must('changes.agree', { as, params: { id: change.id }, body: { mark: change.mark } });

    it('lets a second person carry out what the first handed in', async () => {
      const { id } = await newItem();
      const sent = { params: { id }, body: { price: 1 } };
      expect(await server.refused('goods.update', { as: shopkeeper, ...sent })).toBe('change.needs_second');
      const change = await propose('goods.update', { id }, { price: 1 });
      expect(change.told.changes).toContainEqual(
        expect.objectContaining({ field: 'price', was: 6000, is: 1 }),
      );
      const agreed = await agree(change);
      expect(agreed.state).toBe('agreed');
      const { items } = await server.must('goods.list', { as: approver });
      expect(items.find((one) => one.id === id)?.price).toBe(1);
    });
  });
});

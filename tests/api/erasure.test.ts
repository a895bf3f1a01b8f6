import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../support/ledger.ts';
import { typePin } from '../support/pins.ts';
import { cardCodeOf, withCard } from '../support/presence.ts';
import { type Furnished, furnish } from '../support/samples.ts';
import { jpeg } from '../support/jpeg.ts';
import { newKey, type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addHousehold, givePoints } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const HEAD = '欧阳春燕';
const PHONE = '13900007321';
const WORDS = [
  '东头第三排',
  '帮刘大娘挑水',
  '照片里认不出她',
  '搬去洛阳女儿家',
  '外孙女小雅',
  '第七小组',
  '马大嫂认出',
];

describe.each(ENGINES)('erasing a household’s personal data on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('by two people', () => {
    let server: TestServer;
    let at: Furnished;
    let committee: StaffCaller;
    let approver: StaffCaller;
    let id = '';
    let photo = '';
    let volunteerId = '';
    let secrets: string[] = [];
    const createKey = newKey();

    beforeAll(async () => {
      server = await startTestServer(engine);
      at = await furnish(server, server, '本');
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      const as = server.admin;
      const body = { head: HEAD, phone: PHONE, note: WORDS[0] ?? '', group: WORDS[5] ?? '' };
      ({ id } = await server.must('households.create', { as, key: createKey, body }));
      const card = (await cardCodeOf(server, id)) ?? '';
      await server.asStaff('supervisor', { householdIds: [id] });
      const pin = await typePin(server, id, as);
      await server.must('me.login', { body: { card, pin, helper: WORDS[4] ?? '' } });
      photo = (
        await server.must('pictures.add', { as: committee, params: { purpose: 'evidence' }, body: jpeg() })
      ).id;
      const deed = { ruleId: at.ruleId, points: 90_000, note: WORDS[1] ?? '', pictureIds: [photo] };
      const propose = async () =>
        (await server.must('proposals.create', { as: committee, body: { ...deed, householdIds: [id] } })).ids;
      const returned = await propose();
      await decide('return', returned, WORDS[2]);
      await decide('approve', await propose());
      await givePoints(server, id, 100, server.id, [
        { name: 'seen', value: WORDS[6] ?? '', ownerId: id },
        { name: 'by', value: 'desk' },
      ]);
      const [rice] = (await server.must('kiosk.goods', { as: at.kiosk })).items;
      await server.must('kiosk.redeem', {
        as: at.kiosk,
        body: await withCard(server, at.kiosk, {
          householdId: id,
          lines: [{ goodsId: rice?.id ?? '', quantity: 1 }],
          expectedPoints: rice?.price ?? 0,
        }),
      });
      await server.must('imports.read', {
        as,
        params: { kind: 'roster' },
        query: { filename: 'r.csv' },
        body: Buffer.from(`户号,村民小组,户主,电话\n900,一组,${HEAD},${PHONE}`),
      });
      const kin = { name: '郑小四', householdIds: [id] };
      volunteerId = (await server.must('volunteers.create', { as, body: kin })).volunteer.id;
      secrets = [HEAD, 'ouyangchunyan', PHONE, card, ...WORDS];
    });
    afterAll(() => server.remove());

    const decide = (action: 'approve' | 'return', ids: string[], reason = '', as = approver) =>
      server.call('proposals.decide', { as, body: { action, ids, reason } });
    const propose = (as = committee) =>
      server.call('households.proposeErasure', { as, params: { id }, body: { reason: '本户要求' } });
    const household = () => server.must('households.get', { as: server.admin, params: { id } });

    /** Every table, every row, as text: which of the words are still there. */
    async function found(): Promise<string[]> {
      const text = await server.store.read(async ({ db, t }) => {
        const parts: string[] = [];
        for (const table of Object.values(t))
          parts.push(JSON.stringify(await db.select().from(table as never)));
        return parts.join('\n');
      });
      return secrets.filter((secret) => text.includes(secret));
    }
    const book = () =>
      server.store.read(async ({ db, t }) => ({
        entries: await db.select().from(t.journal).orderBy(asc(t.journal.villageId), asc(t.journal.number)),
        postings: await db.select().from(t.postings),
      }));
    const actOf = (number: number) =>
      server.store.read(async ({ db, t }) =>
        (
          await db
            .select({ name: t.journalFacts.name, value: t.journalFacts.value })
            .from(t.journalFacts)
            .where(and(eq(t.journalFacts.villageId, server.id), eq(t.journalFacts.number, number)))
        ).sort((a, b) => (a.name < b.name ? -1 : 1)),
      );

    test('takes a closed account, a second person, and is told when neither', async () => {
      expect((await found()).sort()).toEqual([...secrets].filter((one) => one !== WORDS[3]).sort());
      expect((await propose()).problem.code).toBe('household.not_closed');
      const leaving = await server.must('households.proposeChange', {
        as: committee,
        params: { id },
        body: { kind: 'departure', toId: null, reason: WORDS[3] ?? '' },
      });
      expect((await decide('approve', [leaving.id])).status).toBe(200);
      expect((await propose(await server.asStaff('shopkeeper'))).problem.code).toBe('auth.forbidden');
      const both = await server.asStaff(['committee', 'approver']);
      const own = await propose(both);
      expect((await decide('approve', [own.data.id], '', both)).problem.code).toBe('proposal.own_entry');
      expect((await propose()).problem.code).toBe('household.waiting');
      expect((await household()).head).toBe(HEAD);
      expect((await decide('return', [own.data.id], '先问清楚')).status).toBe(200);
    });

    test('leaves not a word of it in any table, and the books to the letter', async () => {
      const { data } = await propose();
      const before = await book();
      expect((await decide('approve', [data.id])).data).toMatchObject({
        state: 'posted',
        journalNumbers: [],
      });
      expect(await found()).toEqual([]);
      const { items } = await server.must('volunteers.list', { as: server.admin });
      expect(items.find((one) => one.id === volunteerId)?.householdIds).toEqual([]);
      // The erasure’s own act is added, which tells who proposed it and no more; everything before it stays.
      const { entries, postings } = await book();
      const act = entries.at(-1);
      expect({ entries: entries.slice(0, -1), postings }).toEqual(before);
      expect(act).toMatchObject({ kind: 'act', source: `household:${id}`, lineCount: 0 });
      expect(await actOf(act?.number ?? 0)).toEqual([
        { name: 'act', value: 'households.erased' },
        { name: 'is.proposedBy', value: JSON.stringify(committee.id) },
        { name: 'via', value: 'desk' },
      ]);
      expect(await verify(server.store, server.id, { clock: () => server.clock.nowMs })).toMatchObject({
        ok: true,
      });
      expect(await household()).toMatchObject({
        head: '（已删除）',
        group: '',
        phone: null,
        state: 'closed',
        card: null,
      });
      expect((await household()).erasedAtMs).toBe(server.clock.nowMs);
      const picture = await server.call('pictures.get', { as: server.admin, params: { id: photo } });
      expect(picture.status).toBe(404);
      const { deeds } = await server.must('board.view', { params: { villageId: server.id } });
      const groups = deeds.flatMap((deed) => deed.groups);
      expect(groups.every((group) => group !== '' && group !== WORDS[5])).toBe(true);
    });

    test('is not undone: not opened, not written to, not asked for again', async () => {
      const as = server.admin;
      const params = { id };
      expect(await server.refused('households.reopen', { as, params, body: {} })).toBe('household.erased');
      expect(await server.refused('households.update', { as, params, body: { head: HEAD } })).toBe(
        'household.erased',
      );
      expect((await propose()).problem.code).toBe('household.erased');
      const again = { as, key: createKey, body: { head: HEAD, group: '一组' } };
      expect(await server.refused('households.create', again)).toBe('idempotency.conflict');
      const { items } = await server.must('households.passbook', { as, params, query: { limit: 50 } });
      expect(items.length).toBeGreaterThan(2);
      expect(items.every(({ text }) => text.note === '')).toBe(true);
      // Others keep what is theirs.
      const other = await addHousehold(server, 100, '王小明');
      await server.must('households.get', { as, params: { id: other.id } });
      expect((await server.must('households.get', { as, params: { id: at.household.id } })).head).toContain(
        '王小明',
      );
    });

    test('the journal that is taken elsewhere has none of it either', async () => {
      const got = await server.call('ledger.export', { as: server.admin, params: { format: 'journal' } });
      const text = await got.data.text();
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      expect(text).toContain('"text":{"body":null,"salt":null}');
    });
  });
});

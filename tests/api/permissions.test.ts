import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import { mayDo, PERMISSIONS } from '../../shared/permissions.ts';
import { ROLES, type Role } from '../../shared/roles.ts';
import { withCard } from '../support/presence.ts';
import { furnish, sampleOf, type Furnished } from '../support/samples.ts';
import {
  addressOf,
  type Caller,
  type LooseSent,
  methodOf,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const ids = Object.keys(ENDPOINTS) as EndpointId[];
const isPublic = (id: EndpointId) =>
  (PERMISSIONS[OPERATIONS[id].access] as readonly Role[]).includes('public');
/** True when a path parameter names a thing of some village. */
const namesThing = (sent: LooseSent) =>
  sent.params !== undefined && !['kind', 'format', 'purpose'].some((name) => name in (sent.params ?? {}));
/** The permission of these endpoints depends on the request. Their domains check it, and so do those domains' tests. */
const DECIDE_THEMSELVES: ReadonlySet<EndpointId> = new Set([
  ...(['proposals.decide', 'pictures.add', 'changes.propose'] as const),
]);
const ENDS_LOG_INS: ReadonlySet<EndpointId> = new Set([
  'me.logout',
  'kiosk.signOut',
  'kiosk.signIn',
] as const);
const EMPTY_HANDED: Caller = { id: '', headers: {} };

describe.each(ENGINES)('who may do what on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('every endpoint with every role', () => {
    let server: TestServer;
    let own: Furnished;
    let foreign: Furnished;

    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
      foreign = await furnish(server, await server.addVillage('彼村'), '外');
    });
    afterAll(() => server.remove());

    async function newCaller(role: Role): Promise<Caller> {
      if (role === 'public') return EMPTY_HANDED;
      if (role === 'household') return server.asHousehold(own.household.id);
      if (role === 'volunteer') return server.asKiosk();
      if (role === 'kiosk') return (await server.asKiosk()).device;
      return server.asStaff(role);
    }

    /** Uses one caller for all endpoints, and a new one for each endpoint that ends the caller's log-in. */
    async function walker(role: Role): Promise<(id: EndpointId) => Promise<Caller>> {
      const one = await newCaller(role);
      return (id) => (ENDS_LOG_INS.has(id) ? newCaller(role) : Promise.resolve(one));
    }

    const send = (id: EndpointId, sent: LooseSent) =>
      server.call(id, sent as Parameters<typeof server.call>[1]);
    const body = async (id: EndpointId, sent: LooseSent) => {
      const { data, status, problem, headers } = await send(id, sent);
      const said: unknown = data;
      return {
        status,
        problem,
        headers,
        text: said instanceof Blob ? await said.text() : JSON.stringify(said),
      };
    };

    it.each(ids)('%s has a handler', async (id) => {
      const asked = await fetch(server.url + addressOf(id, sampleOf(id, own)), { method: 'OPTIONS' });
      expect([asked.status, asked.headers.get('Allow')]).toEqual([
        405,
        expect.stringContaining(methodOf(id)),
      ]);
    });

    it.each(ROLES)('%s is let in where the table says so, and nowhere else', async (role) => {
      const wrong: string[] = [];
      const callerFor = await walker(role);
      for (const id of ids) {
        const { status, problem, text } = await body(id, { ...sampleOf(id, own), as: await callerFor(id) });
        const isAllowed = mayDo([role], OPERATIONS[id].access);
        const refusal = role === 'public' ? 'auth.required' : 'auth.forbidden';
        const isLetIn = ![
          'auth.forbidden',
          'auth.required',
          'kiosk.shift_over',
          'request.not_found',
        ].includes(problem.code);
        const fits = isAllowed ? isLetIn || DECIDE_THEMSELVES.has(id) : problem.code === refusal;
        if (!fits || status >= 500 || text.includes(foreign.mark))
          wrong.push(`${id}: ${status} ${text.slice(0, 200)}`);
      }
      expect(wrong).toEqual([]);
    });

    it.each(['Bearer', 'Household', 'Kiosk'])('a made-up %s token opens nothing', async (scheme) => {
      const as = {
        id: '',
        headers: { Authorization: `${scheme} ${'abcdefgh'.repeat(5)}`, 'X-Shift': 'abcdefgh'.repeat(5) },
      };
      for (const id of ids.filter((one) => !isPublic(one))) {
        const { status, problem } = await body(id, { ...sampleOf(id, own), as });
        expect([id, status, problem.code]).toEqual([id, 401, 'auth.required']);
      }
    });

    it('a token under another scheme opens nothing', async () => {
      const [staff, phone] = [own.admin.headers.Authorization ?? '', own.phone.headers.Authorization ?? ''];
      for (const Authorization of [
        staff.replace('Bearer', 'Household'),
        staff.replace('Bearer', 'Kiosk'),
        phone.replace('Household', 'Bearer'),
        phone.replace('Household', 'Kiosk'),
      ]) {
        expect(await server.refused('village.get', { as: { id: '', headers: { Authorization } } })).toBe(
          'auth.required',
        );
        expect(await server.refused('me.view', { as: { id: '', headers: { Authorization } } })).toBe(
          'auth.required',
        );
      }
    });

    it.each(ROLES.filter((role) => role !== 'public'))(
      '%s finds nothing of another village',
      async (role) => {
        const wrong: string[] = [];
        const callerFor = await walker(role);
        const tried = ids.filter((id) => mayDo([role], OPERATIONS[id].access) && !isPublic(id));
        for (const id of tried) {
          // Entry numbers begin at 1 in every village, so a foreign number names an entry of the caller's village.
          if (id === 'ledger.entry' || id === 'proposals.createReversal') continue;
          // A month is a month in every village.
          if (id.startsWith('rechecks.')) continue;
          const sent = sampleOf(id, foreign);
          const { status, text, problem } = await body(id, { ...sent, as: await callerFor(id) });
          const isNotFound = status === 404 && /^[a-z]+\.(?:not_found|unknown)$/.test(problem.code);
          const isRefused =
            status === 403 &&
            (['auth.forbidden', 'auth.duties_split', 'auth.unconfirmed', 'backup.shared'].includes(
              problem.code,
            ) ||
              problem.code.startsWith('proposal.'));
          if (text.includes(`${foreign.mark}王`) || status >= 500)
            wrong.push(`${id}: ${status} ${text.slice(0, 200)}`);
          if (namesThing(sent) && !isNotFound && !isRefused)
            wrong.push(`${id}: ${status} ${text.slice(0, 200)}`);
        }
        expect(wrong).toEqual([]);
      },
    );

    it('what names things of another village in its body is refused', async () => {
      const as = own.admin;
      const householdIds = [foreign.household.id];
      const tries: [EndpointId, LooseSent, string][] = [
        [
          'proposals.create',
          { body: { ruleId: own.ruleId, householdIds, points: 100 } },
          'household.not_found',
        ],
        [
          'proposals.create',
          { body: { ruleId: foreign.ruleId, householdIds: [own.household.id], points: 100 } },
          'rule.not_found',
        ],
        [
          'proposals.create',
          {
            body: {
              ruleId: own.ruleId,
              householdIds: [own.household.id],
              points: 100,
              pictureIds: [foreign.evidenceId],
            },
          },
          'picture.not_found',
        ],
        [
          'goods.update',
          { params: { id: own.goodsId }, body: { pictureId: foreign.goodsPictureId } },
          'picture.not_found',
        ],
        [
          'pictures.ofGoods',
          { params: { villageId: own.id, id: foreign.goodsPictureId } },
          'picture.not_found',
        ],
        [
          'proposals.decide',
          { body: { action: 'approve', ids: [foreign.proposalId] } },
          'proposal.not_found',
        ],
        [
          'staff.create',
          { body: { username: 'spy-of-theirs', displayName: '外', roles: ['committee'], householdIds } },
          'household.not_found',
        ],
      ];
      const approver = await server.asStaff('approver');
      const committee = await server.asStaff('committee');
      for (const [id, sent, code] of tries) {
        const got = await body(id, {
          ...sent,
          as: { 'proposals.decide': approver, 'proposals.create': committee }[id as string] ?? as,
        });
        expect([id, got.problem.code]).toEqual([id, code]);
      }
      const kiosk = await server.asKiosk();
      const basket = (householdId: string, goodsId: string) => ({
        householdId,
        lines: [{ goodsId, quantity: 1 }],
        expectedPoints: 100,
      });
      expect(
        await server.refused('kiosk.redeem', { as: kiosk, body: basket(foreign.household.id, own.goodsId) }),
      ).toBe('household.not_found');
      expect(
        await server.refused('kiosk.redeem', {
          as: kiosk,
          body: await withCard(server, kiosk, basket(own.household.id, foreign.goodsId)),
        }),
      ).toBe('goods.not_found');
      expect(
        await server.refused('kiosk.lookup', { as: kiosk, body: { card: foreign.household.card } }),
      ).toBe('card.unknown');
      const volunteer = { volunteerId: foreign.volunteerId, pin: foreign.kiosk.pin };
      expect(await server.refused('kiosk.signIn', { as: kiosk.device, body: volunteer })).toBe('auth.wrong');
    });

    it('a shift of one kiosk does not open another', async () => {
      const [one, other] = [await server.asKiosk(), await server.asKiosk()];
      const mixed = { id: '', headers: { ...one.device.headers, 'X-Shift': other.headers['X-Shift'] ?? '' } };
      expect(
        await server.refused('kiosk.lookup', { as: mixed, body: { number: own.household.number } }),
      ).toBe('kiosk.shift_over');
    });

    it('a household sees its own account and no other', async () => {
      const second = await server.must('households.create', {
        as: own.admin,
        body: { head: '别家人', group: '一组' },
      });
      const phone = await server.asHousehold(own.household.id);
      const seen = JSON.stringify([
        await server.must('me.view', { as: phone }),
        await server.must('me.passbook', { as: phone }),
      ]);
      expect(seen).toContain('王小明');
      expect(seen).not.toContain('别家人');
      expect(seen).not.toContain(second.id);
    });
  });
});

import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/operation.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import { KEYED_WRITES } from '../support/all-writes.ts';
import { confirmAtOnce } from '../support/confirm-at-once.ts';
import { createLedger, householdAccount, orRefuse, villageAccount } from '../support/ledger.ts';
import { withCard } from '../support/presence.ts';
import { basketSample } from '../support/sample-parts.ts';
import { confirmedSupervisor, furnish, sampleOf, type Furnished } from '../support/samples.ts';
import { type Caller, type LooseSent, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

/** Another valid body, so that the same key comes with a different intent. */
function otherContent(id: EndpointId, sent: LooseSent): LooseSent | null {
  const operation: Operation = OPERATIONS[id];
  if (sent.body instanceof Uint8Array) return { ...sent, body: Buffer.concat([sent.body, Buffer.alloc(1)]) };
  if (sent.params) return { ...sent, params: { ...sent.params, id: 'another' } };
  const body = sent.body as Record<string, unknown>;
  // It says nothing but that it is to be done.
  if (Object.keys(body).length === 0) return null;
  for (const [name, value] of Object.entries(body)) {
    for (const other of [otherValue(value), ...choicesOf(operation, name)]) {
      const changed = { ...body, [name]: other };
      if (other !== undefined && other !== value && operation.body?.safeParse(changed).success === true)
        return { ...sent, body: changed };
    }
  }
  throw new Error(`no other content for ${id}`);
}

/** The words that a field of the body may be, where it is one of several. */
function choicesOf({ body }: Operation, name: string): readonly unknown[] {
  const field = body instanceof z.ZodObject ? (body.shape[name] as unknown) : undefined;
  return field instanceof z.ZodEnum ? field.options : [];
}

function otherValue(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'number') return value + 1;
  return Array.isArray(value) ? [...(value as unknown[]), ...(value as unknown[])] : undefined;
}

const BY_SUPERVISOR: ReadonlySet<EndpointId> = new Set([
  ...(['signatures.sign', 'notices.review', 'objections.judge'] as const),
]);
const BY_APPROVER: ReadonlySet<EndpointId> = new Set([
  ...(['proposals.decide', 'staff.confirm', 'changes.agree', 'changes.refuse'] as const),
  ...(['objections.answer', 'objections.withdraw', 'rounds.handIn'] as const),
]);
/** Once duties are split, an administrator proposes nothing. */
const BY_LEADER: ReadonlySet<EndpointId> = new Set(['reports.takeUp', 'reports.notAccept']);

describe.each(ENGINES)('every write on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('has a key', () => {
    let server: TestServer;
    let own: Furnished;
    let approver: Caller;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
      approver = await server.asStaff('approver');
    });
    afterAll(() => server.remove());

    const send = (id: EndpointId, sent: LooseSent) =>
      server.call(id, sent as Parameters<typeof server.call>[1]);
    async function callerOf(id: EndpointId): Promise<Caller> {
      const roles: readonly Role[] = PERMISSIONS[OPERATIONS[id].access];
      if (roles.includes('volunteer'))
        return ['kiosk.undo', 'kiosk.return'].includes(id) ? own.kiosk : server.asKiosk();
      if (roles.includes('household')) return server.asHousehold(own.household.id);
      if (BY_LEADER.has(id)) return server.asStaff('group_leader');
      if (BY_SUPERVISOR.has(id)) return confirmedSupervisor(server, approver);
      return BY_APPROVER.has(id) ? approver : own.admin;
    }

    /** The sample of an endpoint. A basket goes out at the caller's own kiosk, where the card was scanned. */
    async function sampleFor(id: EndpointId, as: Caller): Promise<LooseSent> {
      if (id !== 'kiosk.redeem') return sampleOf(id, own);
      return { body: await withCard(server, as, basketSample(own.household.id, own.goodsId)) };
    }

    it.each(KEYED_WRITES)('%s: once is once', async (id) => {
      const as = await callerOf(id);
      const key = newKey();
      const sent = { ...(await sampleFor(id, as)), as, key };
      const first = await send(id, sent);
      expect([first.status, JSON.stringify(first.data)]).toEqual([200, expect.any(String)]);
      expect(first.headers.has('Idempotency-Replayed')).toBe(false);

      const again = await send(id, sent);
      expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([200, 'true']);
      expect(again.data).toEqual(first.data);

      const other = otherContent(id, sent);
      const conflict = other && (await send(id, { ...other, as, key }));
      if (conflict) expect([conflict.status, conflict.problem.code]).toEqual([409, 'idempotency.conflict']);
      const without = await send(id, { ...sent, key: null });
      expect([without.status, without.problem.code]).toEqual([400, 'idempotency.missing']);
    });

    it('a key that an entry has is taken, also where the book came without its commands', async () => {
      const ledger = createLedger({ clock: () => server.clock.nowMs, guardsClock: false });
      const key = newKey();
      await server.store.transaction(async (tx) => {
        const account = householdAccount(own.household.id);
        const entry = {
          villageId: server.id,
          kind: 'award' as const,
          effectiveOn: '2026-01-01',
          actorId: 'a',
        };
        const lines = [
          { account: villageAccount('issued'), amount: -100 },
          { account, amount: 100 },
        ];
        orRefuse(await ledger.post(tx, { ...entry, idempotencyKey: key, lines }));
      });
      const as = await callerOf('kiosk.redeem');
      const got = await send('kiosk.redeem', { ...(await sampleFor('kiosk.redeem', as)), as, key });
      expect([got.status, got.problem.code]).toEqual([409, 'idempotency.conflict']);
    });

    it('a key is its caller’s own, and its village’s', async () => {
      const key = newKey();
      const sent: LooseSent = { body: { name: '一号台' }, key };
      const second = await server.asStaff('admin');
      const elsewhere = (await server.addVillage()).admin;
      expect((await send('kiosks.create', { ...sent, as: own.admin })).status).toBe(200);
      expect((await send('kiosks.create', { ...sent, as: second })).problem.code).toBe(
        'idempotency.conflict',
      );
      const theirs = await send('kiosks.create', { ...sent, as: elsewhere });
      expect([theirs.status, theirs.headers.has('Idempotency-Replayed')]).toEqual([200, false]);
    });

    it('a basket asked for again by the next volunteer of the same kiosk is answered', async () => {
      const kiosk = await server.asKiosk();
      const sent: LooseSent = { ...(await sampleFor('kiosk.redeem', kiosk)), key: newKey() };
      const first = await send('kiosk.redeem', { ...sent, as: kiosk });
      const { volunteer, pin } = await server.must('volunteers.create', {
        as: own.admin,
        body: { name: '下一班' },
      });
      await confirmAtOnce(server, volunteer.id);
      await server.must('kiosk.signOut', { as: kiosk });
      const shift = await server.must('kiosk.signIn', {
        as: kiosk.device,
        body: { volunteerId: volunteer.id, pin },
      });
      const next = { id: volunteer.id, headers: { ...kiosk.device.headers, 'X-Shift': shift.shiftToken } };
      const again = await send('kiosk.redeem', { ...sent, as: next });
      expect([first.status, again.status, again.headers.get('Idempotency-Replayed')]).toEqual([
        200,
        200,
        'true',
      ]);
      expect(again.data).toEqual(first.data);
    });

    it('of many same baskets at once one is handed out, even when the points reach for one only', async () => {
      const kiosk = await server.asKiosk();
      const view = await server.must('households.get', { as: own.admin, params: { id: own.household.id } });
      const quantity = Math.floor(view.balance / 100);
      const body = await withCard(server, kiosk, {
        householdId: own.household.id,
        lines: [{ goodsId: own.goodsId, quantity: Math.min(quantity, 300) }],
      });
      const expectedPoints = Math.min(quantity, 300) * 100;
      const key = newKey();
      const answers = await Promise.all(
        Array.from({ length: 16 }, () =>
          send('kiosk.redeem', { as: kiosk, body: { ...body, expectedPoints }, key }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(16).fill(200));
      expect(answers.filter(({ headers }) => !headers.has('Idempotency-Replayed'))).toHaveLength(1);
      const after = await server.must('households.get', { as: own.admin, params: { id: own.household.id } });
      expect(after.balance).toBe(view.balance - expectedPoints);
    });
  });
});

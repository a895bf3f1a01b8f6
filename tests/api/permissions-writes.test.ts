import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../shared/contract.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { mayDo, PERMISSIONS } from '../../shared/permissions.ts';
import { type Role, STAFF_ROLES, type StaffRole } from '../../shared/roles.ts';
import { furnish, type Furnished, sampleOf } from '../support/samples.ts';
import { type Caller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const ids = Object.keys(ENDPOINTS) as EndpointId[];
const rolesOf = (id: EndpointId): readonly Role[] => PERMISSIONS[OPERATIONS[id].access];

/** Anybody may ask for these: they open a log-in, pair a device by its code, or set up a server that is empty. */
const ANYBODY: readonly EndpointId[] = [
  ...(['setup.create', 'setup.demo', 'kiosk.pair'] as const),
  ...(['session.login', 'session.refresh', 'session.logout', 'me.login'] as const),
];

/**
 * Everything that those may write who look on, or act for themselves alone. A new write for one of them is a line here. A
 * decision says itself who may take it (below).
 */
const WRITES: Readonly<Partial<Record<Role, readonly EndpointId[]>>> = {
  public: [],
  supervisor: [
    'session.changePassword',
    'staff.confirm',
    'signatures.sign',
    'notices.review',
    ...(['objections.judge', 'objections.refer', 'objections.township'] as const),
    'ledger.verify',
    'proposals.decide',
  ],
  group_leader: [
    ...(['session.changePassword', 'proposals.decide', 'handovers.sign'] as const),
    ...(['objections.receive', 'objections.appeal', 'rounds.handIn'] as const),
    ...(['proposals.correct', 'reports.takeUp', 'reports.notAccept'] as const),
    ...(['workdays.signIn', 'workdays.signOut', 'workdays.enterList'] as const),
    ...(['workdays.setHours', 'workdays.leaveOut'] as const),
  ],
  judge: ['session.changePassword', 'proposals.decide', 'handovers.sign', 'rechecks.check', 'rounds.handIn'],
  book_keeper: ['session.changePassword', 'proposals.decide', 'handovers.sign'],
  household: [
    ...(['me.logout', 'me.setGoal', 'me.changePin', 'me.endPhone'] as const),
    ...(['objections.make', 'objections.withdrawOwn', 'objections.appealOwn'] as const),
    ...(['reports.make', 'reports.withdrawOwn'] as const),
    ...(['deductions.seen', 'deductions.agree'] as const),
  ],
  kiosk: [
    ...(['kiosk.signIn', 'kiosk.statement', 'printers.statement', 'notices.show'] as const),
    ...(['outbox.register', 'outbox.send', 'outbox.compare'] as const),
  ],
  volunteer: [
    ...(['kiosk.signIn', 'kiosk.signOut', 'kiosk.lookup', 'kiosk.find', 'kiosk.checkPin'] as const),
    ...(['kiosk.statement', 'kiosk.redeem', 'kiosk.undo', 'kiosk.vouch'] as const),
    ...(['kiosk.slip', 'kiosk.return', 'kiosk.unlock', 'kiosk.takeOver'] as const),
    ...(['printers.receipt', 'printers.return', 'printers.statement', 'notices.show'] as const),
    ...(['outbox.register', 'outbox.send', 'outbox.compare'] as const),
  ],
};

it.each(Object.entries(WRITES))('%s writes nothing but this', (role, writes) => {
  const may = ids.filter(
    (id) => !ENDPOINTS[id].startsWith('GET') && mayDo([role as Role], OPERATIONS[id].access),
  );
  expect(may.toSorted()).toEqual([...ANYBODY, ...writes].toSorted());
});

describe.each(ENGINES)('one person alone on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('is refused', () => {
    let server: TestServer;
    let own: Furnished;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
    });
    afterAll(() => server.remove());

    const stateOf = async () =>
      (await server.must('proposals.get', { as: own.admin, params: { id: own.proposalId } })).state;

    it.each(STAFF_ROLES.filter((role) => role !== 'approver'))(
      '%s, who decides what others proposed',
      async (role) => {
        const as = await server.asStaff(role);
        for (const action of ['approve', 'return', 'withdraw', 'resubmit', 'lay_aside', 'take_up'] as const) {
          const body = { action, ids: [own.proposalId], reason: '想改' };
          const { status } = await server.call('proposals.decide', { as, body });
          expect([action, status >= 400 && status < 500]).toEqual([action, true]);
        }
        expect(await stateOf()).toBe('proposed');
      },
    );

    it('an administrator who made themselves an approver too', async () => {
      const both: StaffRole[] = ['admin', 'approver'];
      const as = await server.asStaff(both);
      const body = { action: 'approve' as const, ids: [own.proposalId] };
      expect(await server.refused('proposals.decide', { as, body })).toBe('proposal.administrator');
      expect(await stateOf()).toBe('proposed');
    });

    it('an approver who is disabled, a kiosk that is revoked, a volunteer who was sent away: on every route', async () => {
      const staff = await server.asStaff('approver');
      const [kiosk, other] = [await server.asKiosk(), await server.asKiosk()];
      const as = own.admin;
      await server.must('staff.update', { as, params: { id: staff.id }, body: { disabled: true } });
      await server.must('kiosks.revoke', { as, params: { id: kiosk.device.id }, body: {} });
      await server.must('volunteers.update', {
        as,
        params: { id: other.volunteerId },
        body: { disabled: true },
      });
      const ended: [Caller, Role, number][] = [
        [staff, 'approver', 401],
        [kiosk, 'volunteer', 401],
        [kiosk.device, 'kiosk', 401],
        [other, 'volunteer', 401],
      ];
      const letIn: unknown[] = [];
      for (const [caller, role, expected] of ended)
        for (const id of ids.filter(
          (one) => rolesOf(one).includes(role) && !rolesOf(one).includes('public'),
        )) {
          const sent = { ...sampleOf(id, own), as: caller } as Parameters<typeof server.call>[1];
          const { status, problem } = await server.call(id, sent);
          if (status !== expected) letIn.push([role, id, status, problem.code]);
        }
      expect(letIn).toEqual([]);
    });

    it('a household that ends the phone of another, or reads by its id', async () => {
      const neighbour = await server.must('households.create', {
        as: own.admin,
        body: { head: '邻居', group: '一组' },
      });
      const as = await server.asHousehold(neighbour.id);
      const params = { id: own.otherPhoneId };
      expect(await server.call('me.endPhone', { as, params, body: {} })).toMatchObject({ status: 404 });
      const { items } = await server.must('me.phones', { as: own.phone });
      expect(items.map(({ id }) => id)).toContain(own.otherPhoneId);
      for (const id of ids.filter((one) => ENDPOINTS[one].includes('/households/')))
        expect([id, (await server.call(id, { ...sampleOf(id, own), as } as never)).status]).toEqual([
          id,
          403,
        ]);
    });
  });
});

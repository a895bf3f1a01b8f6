import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMarkStamps } from '../../server/proposals/mark-stamps.ts';
import { keysFor } from '../../server/config.ts';
import { openRaw } from '../support/raw.ts';
import { furnish, type Furnished } from '../support/samples.ts';
import { type StaffCaller, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const SECOND = 1_000;
const PILE = 6;

describe.each(ENGINES)(
  'how long a pile was read before it was approved, on $engine',
  ({ engine, missing }) => {
    describe.skipIf(missing)('is on the supervisor’s list', () => {
      let server: TestServer;
      let own: Furnished;
      let approver: StaffCaller;
      let other: StaffCaller;
      let after = 0;
      const households: string[] = [];
      beforeAll(async () => {
        server = await startTestServer(engine);
        own = await furnish(server, server, '读');
        approver = await server.asStaff('approver');
        other = await server.asStaff('approver');
        for (let n = 0; n < PILE; n += 1) {
          const body = { head: `读者${String(n)}`, group: '一组' };
          households.push((await server.must('households.create', { as: own.admin, body })).id);
        }
      });
      afterAll(() => server.remove());

      /** A new pile, some minutes after the last one: another sitting. */
      async function propose(): Promise<{ ids: string[]; batchId: string }> {
        const [staff, admin] = [await logInAgain(own.staff), await logInAgain(own.admin)];
        own = { ...own, staff, admin };
        approver = await logInAgain(approver);
        other = await logInAgain(other);
        const body = { ruleId: own.ruleId, householdIds: households, points: 200, note: '扫街' };
        const made = await server.must('proposals.create', { as: own.staff, body });
        server.clock.nowMs += 180 * SECOND;
        const { head } = await server.must('village.opening', { as: own.admin });
        after = head.number;
        return made;
      }
      async function logInAgain(as: StaffCaller): Promise<StaffCaller> {
        const { username, password } = as;
        const { accessToken } = await server.must('session.login', { body: { username, password } });
        return { ...as, headers: { Authorization: `Bearer ${accessToken}` } };
      }
      const open = async (batchId: string, as = approver) => {
        const { items } = await server.must('proposals.list', { as, query: { batchId, limit: 50 } });
        return new Map(items.map(({ id, mark }) => [id, mark]));
      };
      const batchOf = async (batchId: string, as = approver) => {
        const { items } = await server.must('proposals.batches', { as, query: { state: 'proposed' } });
        return items.find(({ id }) => id === batchId)?.mark ?? '';
      };
      const approve = (ids: readonly string[], marks: readonly string[], as = approver) =>
        server.must('proposals.decide', {
          as,
          body: { action: 'approve', ids: [...ids], marks: [...marks] },
        });
      const wait = (seconds: number) => void (server.clock.nowMs += seconds * SECOND);
      const told = async () => {
        const { items } = await server.must('village.look', { as: own.admin, query: { after } });
        return items.filter(({ kind }) => kind === 'fast').map(({ count, seconds }) => [count, seconds]);
      };
      const marksIn = (seen: ReadonlyMap<string, string>, ids: readonly string[]) =>
        ids.map((id) => seen.get(id) ?? '');

      it('counts from when this person first opened it, not from when it was proposed', async () => {
        const { ids, batchId } = await propose();
        const seen = await open(batchId);
        wait(5);
        await approve(ids, marksIn(seen, ids));
        expect(await told()).toEqual([[PILE, 5]]);
      });

      it('and not from when it was opened once more', async () => {
        const { ids, batchId } = await propose();
        const first = await open(batchId);
        wait(3 * PILE);
        const again = await open(batchId);
        expect(again).toEqual(first);
        await approve(ids, marksIn(again, ids));
        expect(await told()).toEqual([]);
      });

      it('is told of a batch that is approved whole', async () => {
        const { batchId } = await propose();
        const mark = await batchOf(batchId);
        wait(2);
        const body = { action: 'approve' as const, batches: [{ batchId, mark, except: [] }] };
        await server.must('proposals.decide', { as: approver, body });
        expect(await told()).toEqual([[PILE, 2]]);
      });

      it('is nothing for whoever approves without opening: with no time, another’s marks, or a time made up', async () => {
        for (const forge of [
          (mark: string) => mark.split('.')[0] ?? '',
          (mark: string) => {
            const [content, time, seal] = mark.split('.');
            return [content, (parseInt(time ?? '', 36) - 3_600_000).toString(36), seal].join('.');
          },
          (mark: string) => `${mark.split('.')[0] ?? ''}.0.`,
          (mark: string, id: string) => {
            const keys = keysFor(
              { current: 'a secret that is not the server’s', previous: [] },
              'marks of proposals',
            );
            const reading = {
              villageId: own.id,
              actorId: approver.id,
              nowMs: server.clock.nowMs - 3_600_000,
            };
            return createMarkStamps(keys).stamp(reading, { id, mark: mark.split('.')[0] ?? '' });
          },
        ]) {
          const { ids, batchId } = await propose();
          const seen = await open(batchId);
          wait(3 * PILE);
          await approve(
            ids,
            ids.map((id) => forge(seen.get(id) ?? '', id)),
          );
          expect(await told(), String(forge)).toEqual([[PILE, 0]]);
        }
        const { ids, batchId } = await propose();
        const seen = await open(batchId, other);
        wait(3 * PILE);
        await approve(ids, marksIn(seen, ids));
        expect(await told()).toEqual([[PILE, 0]]);
      });

      it('is the same for a pile that is approved one by one', async () => {
        const { ids, batchId } = await propose();
        const seen = await open(batchId);
        for (const id of ids) {
          wait(1);
          await approve([id], [seen.get(id) ?? '']);
        }
        expect(await told()).toEqual([[PILE, PILE]]);
      });

      it('is sealed with the entry: whoever alters it in the database is named by verify', async () => {
        const said = async () => (await server.must('ledger.verify', { as: own.admin, body: {} })).bad;
        expect(await said()).toBeNull();
        const raw = await openRaw(server.test);
        await raw.disarm();
        await raw.run(`update journal_facts set value = '1' where name = 'seenAtMs'`);
        await raw.close();
        expect(await said()).toMatchObject({ table: 'journal_facts' });
      });
    });
  },
);

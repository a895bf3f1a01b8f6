/** A village in which several people propose and approve over months. */
import { counted, reminded } from './deductions.ts';
import type { StaffCaller, TestServer } from './server.ts';

type Proposer = 'zhao' | 'li';
type Approver = 'wang' | 'ma';
type Person = Proposer | Approver | 'sun';

export interface FairVillage {
  /** Its supervisor, logged in. */
  readonly watcher: StaffCaller;
  idOf(person: Person): string;
  /** Goes on to a later day. Everybody logs in again. */
  goOn(day: string): Promise<void>;
  household(head: string, group: string): Promise<string>;
  /** Proposes a deed of these households and approves it; gives the numbers of the entries. */
  award(
    by: Proposer,
    ruleId: string,
    householdIds: readonly string[],
    more?: { readonly by?: Approver; readonly effectiveOn?: string },
  ): Promise<number[]>;
  takeBack(numbers: readonly number[]): Promise<void>;
  /** Closes the account; its points end. */
  moveAway(householdId: string): Promise<void>;
}

/** Sends people into the first village of a server, on this day. */
export async function openFairVillage(server: TestServer, day: string): Promise<FairVillage> {
  server.clock.nowMs = noonOf(day);
  const people: Record<Person, StaffCaller> = {
    zhao: await server.asStaff('committee'),
    li: await server.asStaff('committee'),
    wang: await server.asStaff('approver'),
    ma: await server.asStaff('approver'),
    sun: await server.asStaff('supervisor'),
  };

  async function approve(ids: readonly string[], by: Approver): Promise<number[]> {
    const decided = await server.must('proposals.decide', {
      as: people[by],
      body: { action: 'approve', ids: [...ids] },
    });
    return decided.journalNumbers;
  }

  async function ruleOf(id: string) {
    const { items } = await server.must('rules.list', { as: people.sun });
    return items.find((rule) => rule.id === id) ?? { points: null };
  }

  async function logIn(person: StaffCaller): Promise<StaffCaller> {
    const { username, password } = person;
    const { accessToken } = await server.must('session.login', { body: { username, password } });
    return { ...person, headers: { Authorization: `Bearer ${accessToken}` } };
  }

  return {
    get watcher() {
      return people.sun;
    },
    idOf: (person) => people[person].id,
    async goOn(later) {
      server.clock.nowMs = noonOf(later);
      for (const name of Object.keys(people) as Person[]) people[name] = await logIn(people[name]);
      Object.assign(server.admin, await logIn(server.admin));
    },
    async household(head, group) {
      return (await server.must('households.create', { as: people.zhao, body: { head, group } })).id;
    },
    async award(by, ruleId, householdIds, { by: approver = 'wang', effectiveOn } = {}) {
      const body = { ruleId, householdIds: [...householdIds], ...(effectiveOn && { effectiveOn }) };
      const { points } = await ruleOf(ruleId);
      const isDeduction = points !== null && points < 0;
      if (isDeduction) await reminded(server, body);
      const { ids } = await server.must('proposals.create', { as: people[by], body });
      const numbers = await approve(ids, approver);
      return isDeduction ? counted(server, ids) : numbers;
    },
    async takeBack(numbers) {
      for (const number of numbers) {
        const body = { number, reason: '记错了' };
        const { id } = await server.must('proposals.createReversal', { as: people.li, body });
        await approve([id], 'ma');
      }
    },
    async moveAway(id) {
      const body = { kind: 'departure', toId: null, reason: '搬走了' } as const;
      const made = await server.must('households.proposeChange', { as: people.zhao, params: { id }, body });
      await approve([made.id], 'wang');
    },
  };
}

function noonOf(day: string): number {
  return Date.parse(`${day}T12:00:00+08:00`);
}

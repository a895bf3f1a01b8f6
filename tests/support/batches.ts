import { csv, Office } from './office.ts';
import { ruleSample } from './samples.ts';
import { type AnswerOf, newKey, type StaffCaller, type TestServer } from './server.ts';

export type Batch = AnswerOf<'proposals.batches'>['items'][number];

const EACH = 500;

/** A village with more households than one page holds, and a committee that awards all of them at once. */
export class BigVillage {
  readonly server: TestServer;
  readonly office: Office;
  readonly committee: StaffCaller;
  readonly approver: StaffCaller;
  readonly ruleId: string;
  /** Ids in the order of the household numbers. */
  readonly households: readonly string[];

  private constructor(
    known: Pick<BigVillage, 'server' | 'office' | 'committee' | 'approver' | 'ruleId' | 'households'>,
  ) {
    this.server = known.server;
    this.office = known.office;
    this.committee = known.committee;
    this.approver = known.approver;
    this.ruleId = known.ruleId;
    this.households = known.households;
  }

  static async open(server: TestServer, size: number): Promise<BigVillage> {
    const office = await Office.open(server);
    const { village, admin: as } = office;
    const lines = Array.from({ length: size }, (_, n) => `${n + 1},户主${n + 1},第一组`);
    await office.bring('roster', csv('户号,户主,村民小组', ...lines));
    const all = await server.store.read(({ db, t }) => db.select().from(t.households));
    const households = all
      .filter(({ villageId }) => villageId === village.id)
      .sort((a, b) => (a.numberKey < b.numberKey ? -1 : 1))
      .map(({ id }) => id);
    const rule = await server.must('rules.create', { as, body: ruleSample('A1', '庭院美') });
    const committee = await server.asStaff('committee', { village });
    const approver = await server.asStaff('approver', { village });
    return new BigVillage({ server, office, committee, approver, ruleId: rule.id, households });
  }

  /** Awards the first so many households five points each; gives the batch as the approver sees it. */
  async award(count: number, as: StaffCaller = this.committee): Promise<Batch> {
    const { batchId } = await this.server.must('proposals.create', {
      as,
      body: {
        ruleId: this.ruleId,
        householdIds: this.households.slice(0, count),
        points: EACH,
        note: '三月评比',
      },
    });
    return this.seen(batchId);
  }

  /** Reads a batch as somebody sees it: the rows that wait, unless another state is asked for. */
  async seen(
    batchId: string,
    as: StaffCaller = this.approver,
    state: Batch['states'][number]['state'] | undefined = 'proposed',
  ): Promise<Batch> {
    const { items } = await this.server.must('proposals.batches', { as, query: { batchId, state } });
    const [batch] = items;
    if (!batch) throw new Error(`nothing of ${batchId} is there`);
    return batch;
  }

  decide(
    action: 'approve' | 'return' | 'withdraw' | 'resubmit',
    batches: readonly (Pick<Batch, 'id' | 'mark'> & { except?: readonly string[] })[],
    { as = this.approver, key = newKey() }: { as?: StaffCaller; key?: string } = {},
  ) {
    return this.server.call('proposals.decide', {
      as,
      key,
      body: {
        action,
        reason: '核对',
        batches: batches.map(({ id, mark, except = [] }) => ({ batchId: id, mark, except: [...except] })),
      },
    });
  }

  /** Reads all rows of a batch, page by page. */
  async rows(batchId: string, query: { state?: 'proposed' | 'returned' | 'posted' } = {}) {
    const rows: AnswerOf<'proposals.list'>['items'] = [];
    let after: string | undefined;
    do {
      const page: AnswerOf<'proposals.list'> = await this.server.must('proposals.list', {
        as: this.approver,
        query: { ...query, batchId, order: 'oldest', limit: 100, after },
      });
      rows.push(...page.items);
      after = page.next ?? undefined;
    } while (after !== undefined);
    return rows;
  }

  async entries(): Promise<number> {
    return this.office.entries();
  }

  async pointsOwed(): Promise<number> {
    return (await this.server.must('village.summary', { as: this.office.admin })).pointsOwed;
  }
}

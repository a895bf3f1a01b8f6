/** A village with rules that have caps, and people who propose and approve under them. */
import type { CallInput } from '../../shared/operation.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import type { Operations } from '../../shared/contract.ts';
import type { Cap, CapPeriod } from '../../shared/rules/caps.ts';
import type { Got, StaffCaller, TestServer, TestVillage } from './server.ts';

type BodyOf<Id extends EndpointId> = CallInput<Operations[Id]>['body'];
type RuleBody = BodyOf<'rules.create'>;

/** A cap; by household, and without the figures that are left out. */
export function capOf(period: CapPeriod, figures: Partial<Omit<Cap, 'period'>>): Cap {
  return { period, scope: 'household', times: null, points: null, ...figures };
}

/** The fields of a rule that has this one cap. */
export function under(...given: Parameters<typeof capOf>): { readonly caps: readonly Cap[] } {
  return { caps: [capOf(...given)] };
}

/** A rule of five points without a cap. */
export const PLAIN_RULE: RuleBody = {
  code: '',
  category: '五美家庭',
  title: '庭院美',
  pointsMode: 'fixed',
  points: 500,
  pointsMin: null,
  pointsMax: null,
  perUnit: null,
  proposer: '',
  evidence: '',
  limitText: '',
  caps: [],
  enabled: true,
};

type StandingQuery = Partial<CallInput<Operations['proposals.standing']>['query']>;

export class CappedVillage {
  readonly server: TestServer;
  readonly village: TestVillage;
  readonly committee: StaffCaller;
  readonly approver: StaffCaller;
  private rules = 0;

  private constructor(
    server: TestServer,
    village: TestVillage,
    committee: StaffCaller,
    approver: StaffCaller,
  ) {
    this.server = server;
    this.village = village;
    this.committee = committee;
    this.approver = approver;
  }

  static async open(server: TestServer): Promise<CappedVillage> {
    const village = await server.addVillage(`村${String(Math.random()).slice(2, 8)}`);
    const committee = await server.asStaff('committee', { village });
    const approver = await server.asStaff('approver', { village });
    await server.must('staff.confirm', { as: approver, params: { id: committee.id }, body: {} });
    return new CappedVillage(server, village, committee, approver);
  }

  /** A rule of its own, of +5 unless told otherwise. */
  async rule(fields: Partial<RuleBody>): Promise<string> {
    this.rules += 1;
    const body = { ...PLAIN_RULE, code: `R${String(this.rules)}`, ...fields };
    return (await this.server.must('rules.create', { as: this.village.admin, body })).id;
  }

  async changeRule(id: string, body: BodyOf<'rules.update'>): Promise<void> {
    await this.server.must('rules.update', { as: this.village.admin, params: { id }, body });
  }

  async household(head = '王小明', group = '第一组'): Promise<string> {
    const as = this.village.admin;
    return (await this.server.must('households.create', { as, body: { head, group } })).id;
  }

  households(count: number): Promise<string[]> {
    return Promise.all(Array.from({ length: count }, (_, n) => this.household(`户主${String(n + 1)}`)));
  }

  propose(
    ruleId: string,
    householdIds: string | readonly string[],
    more: Partial<BodyOf<'proposals.create'>> = {},
  ): Promise<Got<'proposals.create'>> {
    const ids = typeof householdIds === 'string' ? [householdIds] : [...householdIds];
    const body = { ruleId, householdIds: ids, ...more };
    return this.server.call('proposals.create', { as: this.committee, body });
  }

  /** Proposes what must be taken, and gives the id of the first. */
  async proposed(...given: Parameters<CappedVillage['propose']>): Promise<string> {
    const { data, problem, status } = await this.propose(...given);
    if (status !== 200) throw new Error(JSON.stringify(problem));
    return data.ids[0] ?? '';
  }

  decide(action: BodyOf<'proposals.decide'>['action'], ...ids: readonly string[]) {
    const isProposers = action === 'withdraw' || action === 'resubmit';
    return this.server.call('proposals.decide', {
      as: isProposers ? this.committee : this.approver,
      body: { action, ids: [...ids], reason: action === 'return' ? '请核对' : '' },
    });
  }

  /** Posts a deed and gives the number of its entry. */
  async posted(...given: Parameters<CappedVillage['propose']>): Promise<number> {
    const { data, problem, status } = await this.decide('approve', await this.proposed(...given));
    if (status !== 200) throw new Error(JSON.stringify(problem));
    return data.journalNumbers[0] ?? 0;
  }

  /** Proposes to reverse an entry; gives the proposal. */
  async reversal(number: number): Promise<string> {
    const body = { number, reason: '重复记分' };
    return (await this.server.must('proposals.createReversal', { as: this.committee, body })).id;
  }

  async standing(ruleId: string, householdIds: readonly string[], of: Omit<StandingQuery, 'ruleId'> = {}) {
    const query = { ...of, ruleId, householdIds: householdIds.join(',') };
    return this.server.must('proposals.standing', { as: this.committee, query });
  }
}

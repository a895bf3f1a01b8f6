import type { EndpointId } from '../../shared/contract/endpoints.ts';

const household = '0198f3a2-7c1e-7000-8000-000000000001';
const goods = '0198f3a2-7c1e-7000-8000-000000000002';
const rule = '0198f3a2-7c1e-7000-8000-000000000003';

/** Bodies of the calls somebody writing to this API tries first. */
export const openApiExamples: Partial<Readonly<Record<EndpointId, unknown>>> = {
  'session.login': { username: 'wangfang', password: 'k7mf-2xqp-9hwt' },
  'proposals.create': { ruleId: rule, householdIds: [household], note: '帮助邻居收麦' },
  'proposals.decide': { action: 'approve', ids: [household] },
  'households.create': { head: '王小明', group: '第三组', size: 4 },
  'goods.stockIn': { quantity: 20, totalCostFen: 50_000, source: 'bought' },
  'kiosk.lookup': { card: '100000000007' },
  'kiosk.redeem': { householdId: household, lines: [{ goodsId: goods, quantity: 2 }], expectedPoints: 1000 },
  'me.login': { card: '100000000007', pin: '482915' },
};

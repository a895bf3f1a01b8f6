import type { endpoints } from '../../shared/handovers/endpoints.ts';
import { type SamplesOf, today } from '../support/sample-parts.ts';

export const samples: SamplesOf<typeof endpoints> = {
  'handovers.list': () => ({}),
  'handovers.people': () => ({}),
  'handovers.get': ({ handoverId }) => ({ params: { id: handoverId } }),
  'handovers.withdraw': ({ handoverId }) => ({ params: { id: handoverId }, body: { reason: '人选错了' } }),
  'handovers.start': ({ admin, staff }) => ({
    body: { fromStaffId: admin.id, toStaffId: staff.id, changedOn: today() },
  }),
  'handovers.sign': ({ admin, handoverId }) => ({
    params: { id: handoverId },
    body: { hash: '0'.repeat(64), password: admin.password, remark: '' },
  }),
};

import { OPERATIONS } from '../../shared/contract.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import type { Operation } from '../../shared/operation.ts';
import { sweptBeforeMs } from '../../shared/retention.ts';
import { forgetAnswers, forgetAnswersWith } from './idempotency.ts';
import { defineModule } from '../define-module.ts';

/** Answers that hold a password, PIN or code. */
const SECRET_ROUTES = (Object.keys(OPERATIONS) as EndpointId[]).filter(
  (id) => (OPERATIONS[id] as Operation).secret === true,
);

export const httpModule = defineModule({
  name: 'http',
  async sweep({ store, nowMs, villageIds, isOver }) {
    for (const villageId of villageIds)
      await forgetAnswers(store, {
        ...{ villageId, isOver, secretRoutes: SECRET_ROUTES },
        secretBeforeMs: sweptBeforeMs(nowMs, 'secretAnswers'),
        beforeMs: sweptBeforeMs(nowMs, 'answers'),
      });
  },
  eraseHousehold: (tx, { villageId, texts }) => forgetAnswersWith(tx, villageId, texts),
});

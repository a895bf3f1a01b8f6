import type { endpoints } from '../../shared/fairness/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';
import { entriesBehind } from './entries.ts';
import { quietHouseholds } from './quiet.ts';
import { viewFairness } from './view.ts';

export function fairnessHandlers(): HandlersOf<typeof endpoints> {
  return {
    'fairness.view': ({ query }, { reader, village, today }) =>
      viewFairness(reader, village, { ...query, today }),

    'fairness.entries': ({ query }, { reader, village, today }) =>
      entriesBehind(reader, village, { ...query, today }),

    'fairness.quiet': ({ query }, { reader, village, today }) =>
      quietHouseholds(reader, village, { ...query, today }),
  };
}

import { z } from 'zod';
import { id } from '../fields.ts';
import { mark } from './proposal.ts';
import { PROPOSALS_AT_ONCE_MOST } from './states.ts';

export const ids = z.array(id).min(1).max(PROPOSALS_AT_ONCE_MOST);

/** Names a batch that somebody looked at and acts on whole. */
export const batchChoice = z.object({
  batchId: id,
  mark: mark.describe(
    'The `mark` of the batch as the caller saw it: a batch that has changed since is refused',
  ),
  except: z
    .array(id)
    .max(PROPOSALS_AT_ONCE_MOST)
    .default([])
    .describe('Proposals of the batch that stay as they are, such as those somebody unticked'),
});

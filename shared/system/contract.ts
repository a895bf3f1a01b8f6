import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import type { endpoints } from './endpoints.ts';

/** What a watchdog or a load balancer asks. Nothing of any household is in it, nor what the program is made of. */

export const operations = {
  'system.health': {
    summary: 'Whether the process is alive; it asks nobody else to answer this',
    access: 'system.read',
    response: z.object({ status: z.literal('ok') }),
    idempotent: false,
    errors: [],
  },
  'system.ready': {
    summary: 'Whether it can serve: the database answers, and the process is not about to stop',
    access: 'system.read',
    response: z.object({
      status: z.literal('ready'),
      lastVerification: z
        .object({ at: z.iso.datetime(), ok: z.boolean(), headNumber: z.int().min(0) })
        .nullable()
        .describe('Of several villages the one whose book did not verify, else the one longest ago'),
    }),
    idempotent: false,
    errors: [],
  },
} as const satisfies OperationsOf<typeof endpoints>;

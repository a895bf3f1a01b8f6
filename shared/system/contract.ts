import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import type { endpoints } from './endpoints.ts';

/**
 * Endpoints for a watchdog or a load balancer. They reveal nothing about any household, nor what the program is made
 * of.
 */

export const operations = {
  'system.health': {
    summary: 'Whether the process is alive; it asks nobody else to answer this',
    summaryZh: '进程是否活着；回答时不查数据库',
    access: 'system.read',
    response: z.object({ status: z.literal('ok') }),
    idempotent: false,
    byItself: true,
    errors: [],
  },
  'system.ready': {
    summary: 'Whether it can serve: the database answers, and the process is not about to stop',
    summaryZh: '能否提供服务：数据库有应答，进程没有准备停下',
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

export { tags } from './words.ts';

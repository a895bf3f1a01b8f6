import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import type { endpoints } from './endpoints.ts';

export const operations = {
  'https.get': {
    summary: 'Whether this server speaks https, and what a device has to install for it',
    summaryZh: '这台服务器有没有安全连接（https），设备要装什么',
    access: 'https.read',
    response: z.object({
      port: z.int().nullable().describe('The port of https; null while the server does not listen there'),
      source: z
        .enum(['none', 'own', 'files', 'brought', 'broken'])
        .describe(
          'own: made here; files: named in the settings; brought: given to the command line; broken: cannot be read',
        ),
      names: z.array(z.string()).describe('The names and addresses that the certificate is for'),
      endsAt: z.iso.datetime().nullable().describe('When the certificate ends'),
      authority: z
        .object({
          sha256: z.string().describe('Its fingerprint: 64 hexadecimal digits'),
          sha1: z.string().describe('The one that Windows shows: 40 hexadecimal digits'),
          endsAt: z.iso.datetime(),
        })
        .nullable()
        .describe('The village’s own authority, which devices install from /ca.crt; null if none is needed'),
    }),
    idempotent: false,
    errors: [],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { tags } from './words.ts';

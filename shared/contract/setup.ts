import { z } from 'zod';
import type { Operation } from './define.ts';
import { required } from './fields.ts';
import { newPassword, sessionOpened, username } from './session.ts';

export const setupOperations = {
  'setup.status': {
    summary: 'Whether the first account has still to be made',
    access: 'setup.do',
    response: z.object({
      needsSetup: z.boolean(),
      needsCode: z
        .boolean()
        .describe('True when the caller is not on the server itself and must give the code printed at start'),
    }),
    errors: [],
  },
  'setup.create': {
    summary: 'Make the village and its first account',
    access: 'setup.do',
    body: z.object({
      code: z.string().max(64).optional(),
      village: z.object({ name: required(60), town: required(60) }),
      admin: z.object({ displayName: required(40), username, password: newPassword }),
    }),
    response: sessionOpened,
    idempotent: false,
    errors: ['setup.done', 'setup.code', 'auth.weak_password'],
  },
  'setup.demo': {
    summary: 'Load the demo village instead',
    access: 'setup.do',
    body: z.object({ code: z.string().max(64).optional() }),
    response: z.object({
      staff: z.array(z.object({ role: z.string(), username: z.string(), password: z.string() })),
      kioskPairingCode: z.string(),
      volunteer: z.object({ name: z.string(), pin: z.string() }),
      households: z.array(z.object({ number: z.string(), card: z.string(), pin: z.string() })),
    }),
    idempotent: false,
    errors: ['setup.done', 'setup.code'],
  },
} as const satisfies Record<string, Operation>;

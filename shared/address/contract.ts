import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { required } from '../fields.ts';
import type { endpoints } from './endpoints.ts';

const origin = z.string().describe('http(s)://name or number, with the port where it is not the usual one');

const addressState = z.object({
  address: origin.nullable().describe('Where others reach this server: chosen, else set at the server'),
  chosen: z
    .object({
      origin,
      isOwn: z.boolean().describe('It was an address of the server’s own machine when it was chosen'),
      isKept: z.boolean().describe('Somebody confirmed that the router always gives this address'),
    })
    .nullable(),
  state: z
    .enum(['none', 'unkept', 'gone', 'good'])
    .describe(
      'none: nothing chosen or set; unkept: the router may give another one any day; gone: the machine has it no more',
    ),
  now: origin.nullable().describe('The machine’s own address now, the likeliest if there are several'),
  offered: z
    .array(z.object({ origin, kind: z.enum(['named', 'village', 'other']) }))
    .describe('named: set at the server; village: in a private network; the likeliest first'),
});

export const operations = {
  'address.get': {
    summary: 'The address at which others reach this server, and those it has',
    summaryZh: '别的设备用哪个地址打开这台服务器，它有哪些地址',
    access: 'address.read',
    response: addressState,
    errors: [],
  },
  'address.choose': {
    summary: 'Choose the address for cards, pairing and phones',
    summaryZh: '选定卡片、配对和手机用的地址',
    access: 'address.choose',
    body: z.object({ origin: required(200), isKept: z.boolean() }),
    response: addressState,
    errors: ['address.unusable', 'address.only_here'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
export { endpoints } from './endpoints.ts';
export { errors } from './errors.ts';
export { permissions } from './permissions.ts';

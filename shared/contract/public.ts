import { z } from 'zod';
import type { Operation } from './define.ts';
import { cardCode, day, done, hundredths, id, pieces, pin } from './fields.ts';
import { passbookLine, passbookPage, passbookQuery } from './ledger.ts';

const publicGoods = z.object({
  id,
  category: z.string(),
  name: z.string(),
  unit: z.string(),
  price: hundredths,
  available: z.boolean(),
});

export const meView = z.object({
  village: z.object({ id, name: z.string() }),
  household: z.object({ number: z.string(), head: z.string(), group: z.string() }),
  balance: hundredths,
  held: hundredths,
  lines: z.array(passbookLine),
  next: z.string().nullable(),
});

export const publicOperations = {
  'me.login': {
    summary: 'Open a household’s account by card or number, and PIN',
    access: 'me.open',
    body: z.union([
      z.strictObject({ card: cardCode, pin }),
      z.strictObject({ villageId: id, number: z.string().trim().min(1).max(20), pin }),
    ]),
    response: z.object({ token: z.string(), view: meView }),
    idempotent: false,
    errors: ['auth.wrong', 'auth.locked', 'card.revoked', 'me.no_pin'],
  },
  'me.logout': {
    summary: 'Forget this phone',
    access: 'me.read',
    body: z.object({}),
    response: done,
    idempotent: false,
    errors: [],
  },
  'me.view': {
    summary: 'Balance and the latest lines',
    cache: 'private',
    access: 'me.read',
    response: meView,
    errors: [],
  },
  'me.passbook': {
    summary: 'Earlier lines',
    access: 'me.read',
    query: passbookQuery,
    response: passbookPage,
    errors: [],
  },
  'me.goods': {
    summary: 'What the shop has, and what the balance reaches for',
    cache: 'private',
    access: 'me.read',
    response: z.object({ items: z.array(publicGoods.extend({ affordable: z.boolean() })) }),
    errors: [],
  },
  'board.villages': {
    summary: 'Villages with a public board',
    cache: 'public',
    access: 'board.read',
    response: z.object({ items: z.array(z.object({ id, name: z.string(), town: z.string() })) }),
    errors: [],
  },
  'board.view': {
    summary: 'Shop goods and the latest good deeds, names masked',
    cache: 'public',
    access: 'board.read',
    params: z.object({ villageId: id }),
    response: z.object({
      village: z.object({ id, name: z.string(), town: z.string(), shopHours: z.string() }),
      goods: z.array(publicGoods.extend({ stock: pieces.nullable() })),
      deeds: z.array(
        z.object({
          day,
          name: z.string(),
          group: z.string(),
          title: z.string(),
          category: z.string(),
          points: hundredths,
        }),
      ),
      coverRatioPercent: z.int().nullable(),
    }),
    errors: ['village.not_found'],
  },
} as const satisfies Record<string, Operation>;

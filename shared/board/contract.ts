import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { id, hundredths, pieces, day } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { publicGoods } from '../goods/contract.ts';

export const operations = {
  'board.villages': {
    summary: 'Villages with a public board',
    summaryZh: '有公示屏的村',
    cache: 'public',
    access: 'board.read',
    response: z.object({ items: z.array(z.object({ id, name: z.string(), town: z.string() })) }),
    errors: [],
  },
  'board.view': {
    summary: 'Shop goods and the good deeds of the week, names masked unless the household agreed',
    summaryZh: '商店的商品和最近的好事，姓名打码',
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
      weekFrom: day.describe('Deeds from this day on are those of the week'),
      coverRatioPercent: z.int().nullable(),
    }),
    errors: ['village.not_found'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { tags } from './words.ts';

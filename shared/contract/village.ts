import { z } from 'zod';
import type { Operation } from './define.ts';
import { AMOUNT_MAX } from '../points.ts';
import { fen, hundredths, id, line, required } from './fields.ts';

export const villageSettings = z.object({
  pointValueFen: z.int().min(1).max(100_000),
  deductionsMayGoBelowZero: z.boolean(),
  timeZone: z.string().refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone)),
  pinAboveHundredths: z.int().min(0).max(AMOUNT_MAX).nullable(),
  shopHours: line(100),
});

export const village = z.object({
  id,
  name: z.string(),
  town: z.string(),
  isDemo: z.boolean(),
  settings: villageSettings,
});

export const villageOperations = {
  'village.get': {
    summary: 'The own village and its settings',
    access: 'village.read',
    response: village,
    errors: [],
  },
  'village.update': {
    summary: 'Change name or settings',
    access: 'village.change',
    body: z.object({
      name: required(60).optional(),
      town: required(60).optional(),
      settings: villageSettings.partial().optional(),
    }),
    response: village,
    errors: [],
  },
  'village.summary': {
    summary: 'What waits for me and how the village stands',
    access: 'village.read',
    response: z.object({
      households: z.int(),
      waitingForMe: z.int().describe('Proposals this caller may decide'),
      returnedToMe: z.int(),
      pointsOwed: hundredths,
      stockCostFen: fen,
      coverRatioPercent: z.int().nullable(),
      awardedThisMonth: hundredths,
      redeemedThisMonth: hundredths,
      entries: z.int(),
      setup: z.object({
        households: z.boolean(),
        rules: z.boolean(),
        goods: z.boolean(),
        kiosk: z.boolean(),
        secondPerson: z.boolean(),
      }),
    }),
    errors: [],
  },
} as const satisfies Record<string, Operation>;

import { z } from 'zod';
import { day, hundredths, pageId } from '../fields.ts';
import type { OperationsOf } from '../operation.ts';
import type { ownEndpoints } from './own-endpoints.ts';
import { WORTH_KINDS } from './states.ts';

/** Announced events that are told to everybody, the next ones first. */
export const UPCOMING_MOST = 6;
/** The latest attendances of a household that its phone is told. */
export const OWN_ATTENDANCES_MOST = 20;

export const clock = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
  .describe('HH:MM of the village’s own clock');

/** An event that is announced, as everybody may see it. */
export const upcoming = z.object({
  title: z.string(),
  day,
  from: clock,
  until: clock,
  place: z.string(),
  worth: z.enum(WORTH_KINDS).describe('Each hour counts, or whoever comes gets the same'),
  points: hundredths.describe('Of an hour, or for coming'),
  most: z.int().nullable(),
});
export type Upcoming = z.infer<typeof upcoming>;

export const ownOperations = {
  'workdays.own': {
    summary: 'Events that are announced, and those that the household came to',
    summaryZh: '要办的义务劳动和活动，自家来过的',
    access: 'workday.own',
    response: z.object({
      upcoming: z.array(upcoming),
      own: z
        .array(
          z.object({
            id: pageId,
            title: z.string(),
            day,
            member: z.string().describe('Empty: one person of the household'),
            minutes: z.int().nullable().describe('What counts; null: not signed out yet'),
            isLate: z.boolean().describe('It was signed in late, by two people'),
            isLeftOut: z.boolean(),
            reason: z.string().describe('Why it was left out, or why the hours were changed'),
          }),
        )
        .describe('The latest, newest first'),
    }),
    errors: ['me.helper'],
  },
} as const satisfies OperationsOf<typeof ownEndpoints>;

import { z } from 'zod';
import { id, instantMs } from '../fields.ts';

/** Kinds of phone or computer that open a passbook. They are coarse: enough to recognise one's own, and no more. */
export const PHONE_SYSTEMS = [
  'android',
  'harmony',
  'iphone',
  'ipad',
  'windows',
  'mac',
  'linux',
  'other',
] as const;
export type PhoneSystem = (typeof PHONE_SYSTEMS)[number];

export const phone = z.object({
  id,
  system: z.enum(PHONE_SYSTEMS),
  inWeChat: z.boolean(),
  helper: z.string().nullable().describe('Who helps with this card on a phone of theirs; null: an own phone'),
  sinceMs: instantMs,
  untilMs: instantMs.nullable().describe('When a helper’s log-in ends by itself; null: until it is ended'),
});
export type Phone = z.infer<typeof phone>;

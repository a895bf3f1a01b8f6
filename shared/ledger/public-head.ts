import { z } from 'zod';
import { entryNumber } from '../fields.ts';

const GROUPS = 4;
const GROUP = 4;

/** The last entry of a book as it is shown in public: what was seen once can be compared with any later book. */
export const publicHead = z.object({
  number: entryNumber,
  digits: z.string().describe('The first sixteen digits of its hash, in fours'),
});
export type PublicHead = z.infer<typeof publicHead>;

/** The digits of a hash that stand on screens and paper: "3f2a 91c0 77de 04b1". */
export function publicDigits(hash: string): string {
  return Array.from({ length: GROUPS }, (_, at) => hash.slice(at * GROUP, (at + 1) * GROUP)).join(' ');
}

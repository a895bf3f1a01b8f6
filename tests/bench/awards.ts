/** Awards of two lines and a note, each a command of its own, as the server runs them. */
import { command, type CommandQueue } from '../../server/commands/index.ts';
import { bookOf, householdAccount, type Ledger, orRefuse, villageAccount } from '../support/ledger.ts';

/** The awards go to the accounts of this many households in turn. */
export const HOUSEHOLDS = 300;
export const VILLAGE = 'v1';
export const DAY = '2026-05-01';
export const POINTS_HUNDREDTHS = 200;

export function householdOf(index: number): string {
  return `h${index % HOUSEHOLDS}`;
}

interface Award {
  readonly householdId: string;
  readonly key: string;
}

const ISSUED = villageAccount('issued');

const award = command<Award, Ledger>()({
  reads: ({ householdId }) => ({ book: bookOf([ISSUED, householdAccount(householdId)]) }),
  decide({ book }, { householdId, key }, ledger) {
    const entry = {
      ...{ villageId: VILLAGE, kind: 'award' as const, effectiveOn: DAY, idempotencyKey: key },
      actorId: 'staff1',
      text: { title: '义务劳动', note: '' },
      lines: [
        { account: ISSUED, amount: -POINTS_HUNDREDTHS },
        { account: householdAccount(householdId), amount: POINTS_HUNDREDTHS },
      ],
    };
    const { rows, entries } = orRefuse(ledger.draft(book, [entry]));
    return { rows, answer: entries[0]?.number };
  },
});

/** Resolves when the award is on the disk. */
export async function giveAward(queue: CommandQueue, ledger: Ledger, given: Award): Promise<void> {
  await queue.run(VILLAGE, () => Promise.resolve(award.with(given, ledger)));
}

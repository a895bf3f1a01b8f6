import type { Reader } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import type { DecideAt } from '../at.ts';
import { askNow, together } from '../commands/index.ts';
import { remindersAbout, reminderTaker } from '../deductions/index.ts';
import { householdById } from '../households/index.ts';
import { ruleById } from '../rules/index.ts';
import { staffById } from '../staff/index.ts';
import { capRefusal } from './cap-refusal.ts';
import { findPassed, type NewDeed, standingUnder } from './caps.ts';
import { areToldApart, keyOfDay } from './concerns.ts';
import { askedToRemind, askedUnderCap, deedOf, hasOtherWay, type NewAward, refuseClosed } from './create.ts';
import { refuseWrongProposer } from './may-propose.ts';
import { standingDeeds } from './standing-deeds.ts';

/** An award for one household, before anybody proposes it. */
export type DeedToTry = Omit<NewAward, 'householdIds' | 'pictureIds'> & { readonly householdId: string };

export interface TriedDeed {
  /** The refusal that it would meet alone or after those before it; null: it would be taken. */
  readonly refusal: Refusal | null;
  /** Its points; null where it is refused for what it says. */
  readonly points: number | null;
  /** The deeds of that household, rule and day that stand already, and that no word tells apart from it. */
  readonly standing: readonly { readonly journalNumber: number | null }[];
}

/** The village, the day, and who would propose. */
export type TryAt = Pick<DecideAt, 'villageId' | 'today' | 'actorId'>;

/** Tries deeds out with the checks of `createDeeds`, each for itself, so that all that would be refused are named at once. */
export async function tryDeeds(
  reader: Reader,
  { villageId, today, actorId }: TryAt,
  deeds: readonly DeedToTry[],
): Promise<TriedDeed[]> {
  const awards = deeds.map(({ householdId, ...deed }) => ({ ...deed, householdIds: [householdId] }));
  const { rules, households, staff } = await askNow(
    reader,
    villageId,
    together({
      rules: ruleById.each(awards.map(({ ruleId }) => [ruleId, today])),
      staff: staffById.one([actorId]),
      households: householdById.each(deeds.map(({ householdId }) => [householdId])),
    }),
  );
  const asked = awards.flatMap((award) => askedUnderCap(award, rules(award.ruleId, today), today));
  const { standing, sameDay, reminders } = await askNow(
    reader,
    villageId,
    together({
      standing: standingUnder(asked),
      sameDay: standingDeeds.each(asked.map((deed) => keyOfDay(deed))),
      reminders: remindersAbout.each(
        awards.flatMap((award) => askedToRemind(award, rules(award.ruleId, today))),
      ),
    }),
  );
  const take = reminderTaker({ reminders, nameOf: households, today });
  const tried = awards.map((award) =>
    tryOne(() => {
      // No photos come with them.
      const pictures = () => undefined;
      const { rule, deed } = deedOf({ rule: rules(award.ruleId, today), pictures }, award, {
        nowMs: 0,
        today,
      });
      refuseClosed(households, award.householdIds);
      if (!hasOtherWay(award))
        refuseWrongProposer(staff, rule, { householdIds: award.householdIds, nameOf: households });
      const [householdId = ''] = award.householdIds;
      const made = { id: '', householdId, ...deed, ...rule };
      take(made);
      return made;
    }),
  );
  const sound = tried.flatMap((one) => (one instanceof Refusal ? [] : [one]));
  const passed = new Map(findPassed(standing, sound, 'all').map((one) => [one.deed, one]));
  return tried.map((one): TriedDeed => {
    if (one instanceof Refusal) return { refusal: one, points: null, standing: [] };
    const over = passed.get(one);
    return {
      refusal: over ? capRefusal(households, today, [over]) : null,
      points: one.points,
      standing: sameDay(...keyOfDay(one)).filter((other) => !areToldApart(other, one)),
    };
  });
}

function tryOne(make: () => NewDeed): NewDeed | Refusal {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

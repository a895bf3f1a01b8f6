import type { RowOf } from '../../db/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { rowsById, type ThingTable } from '../rows-by-id.ts';
import type { CheckAt } from './book-checks.ts';
import type { ToldAct } from './told-acts.ts';
import { badTold, ToldFields } from './told-fields.ts';

/** A thing as the acts of the book leave it. */
export interface Told {
  /** The first act that was done to it. */
  readonly number: number;
  /** True if that act made it, so that the book tells all of it. */
  readonly isMade: boolean;
  readonly fields: ToldFields;
}

/** The things of one kind of which acts tell, with what their domain remembers of each. */
export class ToldThings<Thing extends Told> {
  private readonly things = new Map<string, Thing>();
  private readonly fresh: (told: Told) => Thing;

  constructor(fresh: (told: Told) => Thing) {
    this.fresh = fresh;
  }

  /** The thing of an act, as it was before. */
  of({ id, number, act }: ToldAct): Thing {
    const fields = new ToldFields();
    const thing = this.things.get(id) ?? this.fresh({ number, isMade: isMaking(act), fields });
    this.things.set(id, thing);
    return thing;
  }

  /** The thing of an act, with the fields that the act tells. */
  hear(act: ToldAct): Thing {
    const thing = this.of(act);
    thing.fields.take(act);
    return thing;
  }

  all(): Iterable<Thing> {
    return this.things.values();
  }

  /**
   * Compares all rows of a table with these things. If the book tells of every row, there is none that it does not tell of,
   * and none is missing. Else only those are compared that it saw being made.
   */
  async compare<Name extends ThingTable>(
    at: CheckAt,
    name: Name,
    isWhole: boolean,
    wrong: (row: RowOf<Name>, thing: Thing) => BadRow | null,
  ): Promise<BadRow | null> {
    const table = at.reader.t[name];
    const left = new Map(this.things);
    for await (const row of rowsById(at, name)) {
      const { id } = row as unknown as { readonly id: string };
      const thing = left.get(id);
      left.delete(id);
      if (!thing && isWhole) return badTold(table, { id, check: 'orphan' });
      const found = thing && (isWhole || thing.isMade) ? wrong(row, thing) : null;
      if (found) return found;
    }
    const [lost] = left;
    return lost && isWhole ? badTold(table, { id: lost[0], number: lost[1].number, check: 'missing' }) : null;
  }
}

/** The acts that make things are called so by every domain: `goods.created`. */
function isMaking(act: string): boolean {
  return act.endsWith('.created') || OTHER_MAKING.has(act);
}

const OTHER_MAKING = new Set([
  ...['imports.added', 'shifts.begun', 'shifts.counted', 'shifts.taken_over'],
  ...['workdays.signed_in', 'workdays.signed_in_late'],
]);

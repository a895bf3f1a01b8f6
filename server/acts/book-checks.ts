import type { Reader } from '../../db/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { eachAct, type ToldAct } from './told-acts.ts';

/** The book and the snapshot in which a check compares rows with it. */
export interface CheckAt {
  readonly reader: Reader;
  readonly villageId: string;
  /** Lets others through. A check gives way before every page that it reads. */
  readonly giveWay: () => Promise<void>;
}

/** A check under way: it hears every act of the book, in order, and then looks at its rows. */
interface BookCheck {
  readonly take?: (act: ToldAct) => void;
  /** Answers the first row that does not fit. */
  readonly finish: (book: ToldBook) => Promise<BadRow | null>;
}

/** The book as it is known once all acts were heard. */
interface ToldBook {
  /** True if the book tells of its founding: everything that was done since is an act. The first books had none. */
  readonly isFounded: boolean;
  /**
   * True if this village was founded in this book: then every row of it came by an act or an entry. A book that was imported
   * tells of the rows of another database.
   */
  readonly isWhole: boolean;
}

/** Begins a check that compares a domain's rows with a book that holds. */
export type StartCheck = (at: CheckAt) => BookCheck;

/** Reads the acts once for all checks, and answers the first row that does not fit one of them. */
export async function runChecks(at: CheckAt, starts: readonly StartCheck[]): Promise<BadRow | null> {
  const checks = starts.map((start) => start(at));
  let [isFounded, isWhole] = [false, false];
  await eachAct(at.reader, at.villageId, at.giveWay, (act) => {
    isFounded ||= act.act === 'village.founded';
    isWhole ||= act.act === 'village.founded' && act.id === at.villageId;
    for (const check of checks) check.take?.(act);
  });
  for (const check of checks) {
    const bad = await check.finish({ isFounded, isWhole });
    if (bad) return bad;
  }
  return null;
}

import type { Reader } from '../../db/index.ts';
import { PROGRAMS } from '../../shared/acts/program-words.ts';
import { actFactsOf } from '../ledger/index.ts';
import { WAS } from './book-acts.ts';

/** The name that a person had at the entry of this number; undefined for an id that nobody has. */
export type NameThen = (id: string, number: number) => string | undefined;

/** Reads the names that people had when entries were booked. */
export type NamesThen = (reader: Reader, villageId: string) => Promise<NameThen>;

/** The facts that tell of an earlier name: of staff and of volunteers. */
const EARLIER_NAMES = [`${WAS}displayName`, `${WAS}name`];

/** The names of what acts without being a person, in both languages, because an answer has no language. */
export const PROGRAM_NAMES: readonly (readonly [id: string, name: string])[] = Object.entries(PROGRAMS).map(
  ([id, { zh, en }]) => [id, `${zh} / ${en}`],
);

/**
 * Answers the name that stood before the first renaming after an entry, else today's. Nobody who is renamed changes who
 * booked what. Renamings are few, and one query finds those of everybody by the index of acts by thing.
 */
export async function namesThen(
  reader: Reader,
  villageId: string,
  today: ReadonlyMap<string, string>,
): Promise<NameThen> {
  const sources = Array.from(today.keys(), (id) => [`staff:${id}`, `volunteer:${id}`]).flat();
  const renamings = await actFactsOf(reader, villageId, { names: EARLIER_NAMES, sources });
  const earlier = Map.groupBy(renamings, ({ source }) => idIn(source));
  return (id, number) => {
    const renamed = earlier.get(id)?.find((one) => one.number > number)?.value;
    return typeof renamed === 'string' ? (JSON.parse(renamed) as string) : today.get(id);
  };
}

function idIn(source: string | null): string {
  return source?.slice(source.indexOf(':') + 1) ?? '';
}

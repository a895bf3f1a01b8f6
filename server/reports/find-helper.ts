import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { meantBy, soughtNumber } from '../../shared/households/original-number.ts';
import { maskName } from '../../shared/mask-name.ts';
import { mayBeMeant, numberColumns } from '../households/index.ts';

/** A household that helped, and its name as the board shows it. */
export interface Helper {
  readonly id: string;
  readonly number: string;
  readonly name: string;
}

/**
 * Finds the household that a helped one names: by its number, else by its head's name, whole or as the board shows it.
 * Refuses with report.no_helper, and with report.helper_unclear where several have that name.
 */
export async function findHelper(reader: Reader, villageId: string, typed: string): Promise<Helper> {
  if (typed === '') throw new Refusal('report.no_helper');
  const { households } = reader.t;
  const inUse = and(eq(households.villageId, villageId), eq(households.state, 'active'));
  const columns = {
    ...{ id: households.id, head: households.head, showsName: households.showsName },
    ...numberColumns(households),
  };
  const near = /\p{N}/u.test(typed)
    ? await reader.db
        .select(columns)
        .from(households)
        .where(and(inUse, mayBeMeant(households, soughtNumber(typed))))
    : [];
  const meant = meantBy(typed, near);
  if (meant) return shown(meant);
  const wanted = plainName(typed);
  const all = await reader.db.select(columns).from(households).where(inUse);
  const [only, ...others] = all.filter(
    ({ head }) => plainName(head) === wanted || plainName(maskName(head)) === wanted,
  );
  if (!only) throw new Refusal('report.no_helper');
  if (others.length > 0) throw new Refusal('report.helper_unclear');
  return shown(only);
}

export function boardName({
  head,
  showsName,
}: {
  readonly head: string;
  readonly showsName: boolean | null;
}): string {
  return showsName === true ? head : maskName(head);
}

function shown({
  id,
  number,
  ...name
}: {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly showsName: boolean | null;
}): Helper {
  return { id, number, name: boardName(name) };
}

/** People type the star of a masked name in several ways, and say “王小明家”. */
function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\s家]/gu, '')
    .replaceAll(/[×xX某＊]/gu, '*');
}

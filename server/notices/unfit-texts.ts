import type { Reader } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { UnfitText } from '../../shared/notices/numbered-contract.ts';
import { deedsOf, type FoundDeed, type OnDay, unannounced } from '../proposals/index.ts';
import { type FrozenLine, frozenLines } from './notice-lines.ts';

/** So many deeds are named under a text; the others carry the same one. */
const DEEDS_NAMED = 12;

interface CarryingDeed {
  readonly proposalId: string;
  readonly day: string;
  readonly found: FoundDeed | undefined;
}

/** Texts of approved awards that wait for a notice and may not go public. */
export async function unfitWaiting(reader: Reader, at: OnDay): Promise<UnfitText[]> {
  const waiting = await unannounced(reader, at.villageId);
  const deeds = await deedsOf(
    reader,
    at,
    waiting.map(({ id }) => id),
  );
  return gathered(
    waiting.map(({ id, effectiveOn }) => ({ proposalId: id, day: effectiveOn, found: deeds.get(id) })),
  );
}

/** Texts of a notice's lines that may not go public. A line that was taken off it hangs no more. */
export function unfitLines(lines: readonly FrozenLine[]): UnfitText[] {
  return gathered(
    lines.flatMap(({ line, found, fate }) =>
      fate === undefined ? [] : { proposalId: line.proposal, day: line.day, found },
    ),
  );
}

/** Refuses a notice with a text that may not go public: notice.unfit. */
export async function refuseUnfitNotice(reader: Reader, at: OnDay, noticeId: string | null): Promise<void> {
  const unfit =
    noticeId === null ? await unfitWaiting(reader, at) : unfitLines(await frozenLines(reader, at, noticeId));
  if (unfit.length > 0) throw new Refusal('notice.unfit', { n: unfit.length });
}

/** Deeds of one rule carry one text: it is told once. */
function gathered(deeds: readonly CarryingDeed[]): UnfitText[] {
  const carried = deeds.flatMap(({ found, ...deed }) =>
    found === undefined ? [] : found.unfit.map((unfit) => ({ ...deed, ...unfit, deed: found.deed })),
  );
  return Array.from(
    Map.groupBy(carried, ({ text }) => text),
    ([text, all]) => ({
      text,
      ruleId: all[0]?.deed.ruleId ?? null,
      findings: [...(all[0]?.findings ?? [])],
      count: all.length,
      deeds: all.slice(0, DEEDS_NAMED).map(({ proposalId, day, deed: { name, group } }) => ({
        ...{ proposalId, day, name, group },
      })),
    }),
  );
}

import type { Reader } from '../../db/index.ts';
import { findDocument } from '../documents/index.ts';
import { deedsOf, fatesOf, type FoundDeed, type OnDay } from '../proposals/index.ts';
import type { FrozenNotice } from './numbered-notices.ts';

type Fate = Awaited<ReturnType<typeof fatesOf>> extends Map<string, infer One> ? One : never;

/** A line of a notice as it was frozen, with its deed and how that stands now. */
export interface FrozenLine {
  readonly line: FrozenNotice['lines'][number];
  /** Undefined: erased, or it gives no points. */
  readonly found: FoundDeed | undefined;
  /** Undefined: it was taken off this notice. */
  readonly fate: Fate | undefined;
}

/** Reads the lines of a notice in the order of its frozen list. */
export async function frozenLines(reader: Reader, at: OnDay, noticeId: string): Promise<FrozenLine[]> {
  const { villageId } = at;
  const { body } = await findDocument(reader, villageId, { kind: 'notice', id: noticeId });
  const { lines } = JSON.parse(body) as FrozenNotice;
  const ids = lines.map(({ proposal }) => proposal);
  const fates = await fatesOf(reader, villageId, ids);
  const deeds = await deedsOf(reader, at, ids);
  return lines.map((line) => {
    const fate = fates.get(line.proposal);
    return { line, found: deeds.get(line.proposal), fate: fate?.noticeId === noticeId ? fate : undefined };
  });
}

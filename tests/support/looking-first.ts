import { inArray } from 'drizzle-orm';
import type { Store } from '../../db/index.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import { marksOf, readPointsNow } from '../../server/proposals/seen-version.ts';

interface Sent {
  readonly body?: unknown;
  readonly key?: string | null;
}

interface Decision {
  readonly action?: string;
  readonly ids?: readonly string[];
  readonly marks?: readonly string[];
}

/** Fits no proposal: for ids that nobody has. */
const NO_MARK = 'x'.repeat(22);

/**
 * Looks at proposals before they are approved, as a person at the desk does: adds the marks of now to a request that
 * approves by id and brings none. A request that is sent again under its key brings the marks of the first time.
 */
export function lookingFirst(store: Store) {
  const byRequest = new Map<string, readonly string[]>();

  async function marksNow(ids: readonly string[]): Promise<string[]> {
    return store.read(async (reader) => {
      const { proposals } = reader.t;
      const rows = await reader.db
        .select()
        .from(proposals)
        .where(inArray(proposals.id, [...ids]));
      const seen = new Map<string, string>();
      for (const [villageId, own] of Map.groupBy(rows, (row) => row.villageId)) {
        const marks = await marksOf(reader, villageId, own, await readPointsNow(reader, villageId, own));
        for (const [id, mark] of marks) seen.set(id, mark);
      }
      return ids.map((id) => seen.get(id) ?? NO_MARK);
    });
  }

  return {
    async first<S extends Sent>(id: EndpointId, sent: S): Promise<S> {
      const body = sent.body as Decision | undefined;
      if (id !== 'proposals.decide' || body?.action !== 'approve') return sent;
      if (!body.ids || body.marks !== undefined) return sent;
      const again = `${sent.key ?? ''} ${body.ids.join(' ')}`;
      const marks = byRequest.get(again) ?? (await marksNow(body.ids));
      if (typeof sent.key === 'string') byRequest.set(again, marks);
      return { ...sent, body: { ...body, marks } };
    },
  };
}

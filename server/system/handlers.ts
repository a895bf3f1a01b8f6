import { sql } from 'drizzle-orm';
import type { Verifier } from '../books/index.ts';
import type { endpoints } from '../../shared/system/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';

/** Alive and ready are apart: a process whose database is away should be left alone, not started anew. */
export function systemHandlers({ verifier }: { readonly verifier: Verifier }): HandlersOf<typeof endpoints> {
  return {
    'system.health': () => Promise.resolve({ status: 'ok' }),
    'system.ready': async (_input, { store }) => {
      // What was verified last is remembered for a while: this asks each time.
      await store.read(({ db, t: { villages } }) =>
        db
          .select({ one: sql`1` })
          .from(villages)
          .limit(1),
      );
      return { status: 'ready', lastVerification: await verifier.last() };
    },
  };
}

import { sql } from 'drizzle-orm';
import type { Verifier } from '../books/index.ts';
import type { endpoints } from '../../shared/system/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';

/** Alive and ready are two endpoints: a process without its database should be left alone, not restarted. */
export function systemHandlers({ verifier }: { readonly verifier: Verifier }): HandlersOf<typeof endpoints> {
  return {
    'system.health': () => Promise.resolve({ status: 'ok' }),
    'system.ready': async (_input, { store }) => {
      // The last verification is cached for a while, so this asks the database each time.
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

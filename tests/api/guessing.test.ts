import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointId } from '../../shared/endpoints.ts';
import { verifying } from '../../server/identity/index.ts';
import { withCard } from '../support/presence.ts';
import {
  addressOf,
  type KioskCaller,
  type LooseSent,
  requestOf,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { addHousehold, signInAgain } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';
import { cheapHash } from '../support/work.ts';

const MINUTE = 60_000;
const PIN = '482915';
const WRONG = '111222';
/** Wrong guesses that one address or kiosk may make before it is refused. */
const FREE = 50;
const GUESSES = 200;

describe.each(ENGINES)('guesses from one place on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('at many accounts', () => {
    let server: TestServer;
    /** Two processes on one database. */
    let origins: readonly string[];
    let households: { readonly id: string; readonly number: string }[];
    let startMs = 0;
    let checked = 0;
    let unknown = 0;
    const count = () => (checked += 1);
    beforeAll(async () => {
      server = await startTestServer(engine, { limits: { logInsPerMinute: 10_000 } });
      origins = [server.url, await server.another()];
      startMs = server.clock.nowMs;
      households = [];
      for (let made = 0; made < 40; made += 1) households.push(await addHousehold(server));
      const pinHash = await cheapHash(PIN);
      await server.store.transaction(({ db, t }) =>
        db
          .update(t.households)
          .set({ pinHash })
          .where(eq(t.households.villageId, server.id))
          .returning({ id: t.households.id }),
      );
      verifying.subscribe(count);
    });
    afterAll(async () => {
      verifying.unsubscribe(count);
      await server.remove();
    });
    beforeEach(() => (checked = 0));
    afterEach(() => {
      server.clock.nowMs = startMs;
    });

    /** The code of the refusal, or ok. */
    async function ask(origin: string, id: EndpointId, sent: LooseSent): Promise<string> {
      const response = await fetch(`${origin}${addressOf(id, sent)}`, requestOf(id, sent));
      const { code = 'ok' } = (await response.json()) as { code?: string };
      return code;
    }

    function tally(codes: readonly string[]): Record<string, number> {
      const groups = Map.groupBy(codes, (code) => code);
      return Object.fromEntries(Array.from(groups, ([code, those]) => [code, those.length]));
    }

    const household = (index: number) => households[index % households.length] ?? { id: '', number: '' };
    const originOf = (index: number) => origins[index % origins.length] ?? '';

    const checkPin = async (kiosk: KioskCaller, index: number, pin: string, origin = server.url) => {
      const body = await withCard(server, kiosk, { householdId: household(index).id, pin });
      return ask(origin, 'kiosk.checkPin', { as: kiosk, body });
    };

    /** Guesses with a new unknown number each time, so that only the kiosk's own lock can close. */
    async function guessWrong(kiosk: KioskCaller, guesses: number): Promise<void> {
      for (let left = guesses; left > 0; left -= 1) {
        const body = { number: `没有${(unknown += 1)}`, pin: WRONG };
        expect(await ask(server.url, 'kiosk.statement', { as: kiosk.device, body })).toBe('auth.wrong');
      }
    }

    it('on one kiosk, all at once, are checked no more often than one after the other', async () => {
      const kiosk = await server.asKiosk();
      const other = await server.asKiosk();
      checked = 0;
      const codes = await Promise.all(
        Array.from({ length: GUESSES }, (_, index) =>
          index % 5 === 0
            ? ask(originOf(index), 'kiosk.statement', {
                as: kiosk.device,
                body: { number: household(index / 5).number, pin: WRONG },
              })
            : checkPin(kiosk, index, WRONG, originOf(index)),
        ),
      );
      expect(tally(codes)).toEqual({ 'auth.wrong': FREE, 'auth.locked': GUESSES - FREE });
      expect(checked).toBe(FREE);
      expect(await checkPin(kiosk, 39, PIN)).toBe('auth.locked');
      server.clock.nowMs += MINUTE;
      expect(await checkPin(other, 39, PIN)).toBe('ok');
    });

    it.each([
      {
        what: 'passwords',
        at: (index: number) => ['session.login', { username: `nobody${index}`, password: WRONG }] as const,
      },
      {
        what: 'PINs',
        at: (index: number) =>
          ['me.login', { villageId: server.id, number: household(index).number, pin: WRONG }] as const,
      },
    ])('at $what from one address, all at once, neither', async ({ at }) => {
      const headers = { 'X-Forwarded-For': '198.51.100.77' };
      const codes = await Promise.all(
        Array.from({ length: GUESSES }, (_, index) => {
          const [id, body] = at(index);
          return ask(originOf(index), id, { body, headers });
        }),
      );
      expect(tally(codes)).toEqual({ 'auth.wrong': FREE, 'auth.locked': GUESSES - FREE });
      expect(checked).toBe(FREE);
    });

    it('do not come of a busy counter: what was right is given back, and washes nothing away', async () => {
      const kiosk = await server.asKiosk();
      await guessWrong(kiosk, FREE - 2);
      server.clock.nowMs += MINUTE;
      const codes = await Promise.all(
        Array.from({ length: 2 * FREE }, (_, index) => checkPin(kiosk, index, PIN)),
      );
      expect(tally(codes)).toEqual({ ok: 2 * FREE });
      await guessWrong(kiosk, 1);
      // Right guesses within the free number pass, and each removes the lock of its own account.
      expect(tally(await Promise.all([0, 1, 2].map((index) => checkPin(kiosk, index, PIN))))).toEqual({
        ok: 3,
      });
      await guessWrong(kiosk, 1);
      expect(await checkPin(kiosk, 0, PIN)).toBe('auth.locked');
    });

    it('are forgotten after an hour, also where somebody was right meanwhile', async () => {
      const before = await server.asKiosk();
      await guessWrong(before, FREE - 1);
      server.clock.nowMs += 59 * MINUTE;
      const kiosk = await signInAgain(server, before);
      expect(await checkPin(kiosk, 0, PIN)).toBe('ok');
      server.clock.nowMs += 2 * MINUTE;
      await guessWrong(kiosk, 1);
      expect(await checkPin(kiosk, 0, PIN)).toBe('ok');
    });

    it('wait for each other in one order, whichever process and kiosk they come by', async () => {
      const kiosks = [await server.asKiosk(), await server.asKiosk()];
      const codes = await Promise.all(
        kiosks.flatMap((kiosk, at) =>
          Array.from({ length: 60 }, (_, index) =>
            checkPin(kiosk, at === 0 ? index % 3 : 2 - (index % 3), PIN, originOf(index + at)),
          ),
        ),
      );
      expect(tally(codes)).toEqual({ ok: 120 });
    });
  });
});

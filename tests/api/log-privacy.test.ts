import { randomUUID } from 'node:crypto';
import { pino, type Logger } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import type { Engine } from '../../db/index.ts';
import { startJobs } from '../../server/jobs/index.ts';
import { createVerifier, dailyVerification } from '../../server/books/index.ts';
import { STRINGS } from '../support/hostile-values.ts';
import { openRaw } from '../support/raw.ts';
import { furnish, ruleSample, sampleOf, type Furnished } from '../support/samples.ts';
import { type Caller, methodOf, PASSWORD, startTestServer, type TestServer } from '../support/server.ts';
import { LEDGER_KINDS } from '../support/ledger.ts';
import { ENGINES } from '../support/stores.ts';

const MARK = '洛清河';
/** Fields of answers and requests that identify a person or give access. */
const TELLING =
  /^(?:head|name|displayName|username|note|reason|title|pin|password|oneTimePassword|code|card|proof|accessToken|token|deviceToken|shiftToken|current|next|group)$/;
const DAY = 86_400_000;

interface Spoilt {
  readonly sql: string;
  readonly id: EndpointId;
  /** A rule's when left out. */
  readonly body?: object;
  /** The log line that must appear. */
  readonly logged: RegExp;
}

/** Damage that makes each engine, its driver or our parser of stored values put a value into an error message. */
const SPOILT: Readonly<Record<Engine, (own: Furnished) => readonly Spoilt[]>> = {
  sqlite: ({ staff }) => [
    {
      sql: `update staff set roles = '${MARK}' where id = '${staff.id}'`,
      id: 'staff.list',
      logged: /"message":"unreadable text"/,
    },
    {
      sql: 'alter table rule_versions rename column title to heading',
      id: 'rules.create',
      logged: /no column named title".*"code":"SQLITE_ERROR"/,
    },
  ],
  postgres: () => [
    {
      sql: 'alter table rule_versions add constraint spoilt check (length(title) < 1) not valid',
      id: 'rules.create',
      logged: /"code":"23514","constraint":"spoilt"/,
    },
    {
      sql: 'drop index spoilt_names; alter table kiosks alter name type bigint using 0',
      id: 'kiosks.create',
      body: { name: `${MARK}六嫂的台` },
      logged: /: unfit data".*"code":"22P02"/,
    },
    {
      sql: 'alter table rule_versions rename column title to heading',
      id: 'rules.create',
      logged: /"message":"a query failed: .*"code":"42703"/,
    },
  ],
};
const every = Object.keys(ENDPOINTS) as EndpointId[];

describe.each(ENGINES)('the log of a busy server on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('at its most talkative', () => {
    const lines: string[] = [];
    const known = new Set<string>();
    let server: TestServer;
    let own: Furnished;
    let logger: Logger;
    beforeAll(async () => {
      logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
      server = await startTestServer(engine, { logger, limits: { logInsPerMinute: 1e6 } });
      own = await furnish(server, server, MARK);
    });
    afterAll(() => server.remove());

    function gather(value: unknown, field = ''): void {
      if (typeof value === 'string' && TELLING.test(field) && value.length >= 4) known.add(value);
      else if (typeof value === 'object' && value !== null)
        for (const [name, inner] of Object.entries(value)) gather(inner, Array.isArray(value) ? field : name);
    }
    function gatherToken({ headers }: Caller): void {
      for (const value of Object.values(headers)) known.add(value.split(' ').at(-1) ?? '');
    }
    const callerOf = (id: EndpointId): Caller => {
      const roles: readonly Role[] = PERMISSIONS[OPERATIONS[id].access];
      if (roles.includes('volunteer')) return own.kiosk;
      return roles.includes('household') ? own.phone : own.admin;
    };
    const call = async (id: EndpointId, sent: object) => {
      const got = await server.call(id, sent);
      if (got.status === 200) gather(got.data);
      return got;
    };

    it('names nobody and opens nothing', async () => {
      for (const caller of [own.admin, own.staff, own.phone, own.kiosk, own.kiosk.device])
        gatherToken(caller);
      for (const secret of [MARK, PASSWORD, own.household.card, own.staff.username, own.kiosk.pin])
        known.add(secret);
      // Endpoints that end a log-in come last, because the others need it.
      const order = [...every].sort((a, b) => Number(ENDS.test(a)) - Number(ENDS.test(b)));
      for (const id of order) {
        const sent = { ...sampleOf(id, own), as: callerOf(id) };
        gather(sent.body);
        await call(id, sent);
      }
      // The failures are logged too: names are sent as ids, in the address and in unknown fields.
      for (const id of every) {
        await call(id, {
          ...sampleOf(id, own),
          as: callerOf(id),
          params: { id: MARK, villageId: MARK, kind: MARK },
        });
        await call(id, {
          as: callerOf(id),
          query: { q: MARK, name: MARK },
          body: { head: MARK, note: PASSWORD },
        });
      }
      for (const text of STRINGS)
        await call('session.login', {
          body: { username: `${MARK}${text}`.slice(0, 60), password: PASSWORD },
        });
      const headers = {
        'User-Agent': MARK.replace(/./g, 'x'),
        Cookie: `jishan_refresh=${'s3cret'.repeat(8)}`,
      };
      await fetch(`${server.url}/api/v1/nothing/${encodeURIComponent(MARK)}?card=${own.household.card}`, {
        headers,
      });
      known.add('s3cret').add(encodeURIComponent(MARK)).add('127.0.0.1');
      await expect.poll(() => lines.length).toBeGreaterThan(3 * every.length);
      const log = lines.join('');
      expect(known.size).toBeGreaterThan(60);
      // A backup's name is its hour and no secret: the log says which backup was made.
      // These are reasons of `proposals.decide` (shared/proposals/contract.ts), and words of paths and logs too.
      const reasons = ['state', 'judge'];
      const secrets = Array.from(known).filter((one) => !one.endsWith('.backup') && !reasons.includes(one));
      // A PIN's six digits may stand within a time by chance.
      const isIn = (one: string) =>
        /^\d+$/.test(one) ? new RegExp(`(?<!\\d)${one}(?!\\d)`).test(log) : log.includes(one);
      expect(secrets.filter(isIn)).toEqual([]);
    });

    it('says who tried to come in and how it went, each line whole', () => {
      const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      for (const line of parsed) expect(line.time).toBeDefined();
      const logIns = parsed.filter(({ route }) => route === 'POST /session');
      expect(logIns.some(({ code }) => code === 'auth.wrong')).toBe(true);
      expect(logIns.some(({ status, actor }) => status === 200 && /^staff:\S+$/.test(String(actor)))).toBe(
        true,
      );
    });

    it('repeats nothing of a row when a table, a value or a book is broken', async () => {
      // A day later the failed log-ins no longer lock the account.
      server.clock.nowMs += DAY;
      const as = await server.asStaff('admin');
      const raw = await openRaw(server.test);
      lines.length = 0;
      const breaks = async ({ sql, id, logged }: Spoilt, body: object) => {
        await raw.run(sql);
        const got = await server.call(id, { as, ...(methodOf(id) === 'GET' ? {} : { body }) } as object);
        expect([id, got.problem.code]).toEqual([id, 'server.bug']);
        expect(lines.join('')).toMatch(logged);
      };
      const body = { name: `${MARK}六嫂的台` };
      await server.must('kiosks.create', { as, body });
      await raw.run(`update kiosks set name = name || id where name <> '${body.name}'`);
      const unique = 'create unique index spoilt_names on kiosks (name)';
      const logged = /"code":"(?:SQLITE_CONSTRAINT_UNIQUE|23505)"/;
      await breaks({ sql: unique, id: 'kiosks.create', logged }, body);
      for (const one of SPOILT[engine](own)) await breaks(one, one.body ?? ruleSample('乱', `${MARK}的事`));

      await raw.disarm();
      await raw.run(`update journal set kind = '${MARK}' where number = 1`);
      await raw.close();
      const clock = () => server.clock.nowMs + 2 * DAY;
      const { store } = server;
      const verifier = createVerifier({ store, kinds: LEDGER_KINDS, clock, newId: () => randomUUID() });
      const daily = startJobs([dailyVerification(verifier)], { store, clock, logger, firstAfterMs: 0 });
      await expect.poll(() => lines.join(''), { timeout: 20_000 }).toContain('the book does not verify');
      await daily.stop();
      const said = lines.join('');
      expect(said).toMatch(/"table":"journal","number":1,.*"check":"kind"/);
      for (const secret of [MARK, '六嫂', '的事']) expect(said).not.toContain(secret);
    });
  });
});

const ENDS =
  /^(?:session\.logout|session\.changePassword|me\.(?:logout|endPhone)|kiosk\.signOut|kiosks\.revoke|households\.(?:resetPin|revokeCard))$/;

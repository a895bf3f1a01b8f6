/** Serves the real program over a given database, and calls it by real HTTP. */
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { and, eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import type { Store, Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import type { Via } from '../../shared/acts/via.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { CallInput, Operation, Result } from '../../shared/operation.ts';
import { API_BASE } from '../../shared/api-base.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS, type Operations } from '../../shared/contract.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Permission } from '../../shared/permissions.ts';
import type { StaffRole } from '../../shared/roles.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { bookActs } from '../../server/acts/index.ts';
import { type App, createApp, type AppOptions } from '../../server/app.ts';
import type { Secrets } from '../../server/config.ts';
import { createListener } from '../../server/http/index.ts';
import { createHouseholdSessions } from '../../server/identity/index.ts';
import { actsOfMaking, createStaff } from '../../server/staff/index.ts';
import { confirmAtOnce } from './confirm-at-once.ts';
import { createLedger } from './ledger.ts';
import { lookingFirst } from './looking-first.ts';
import { actOfFounding, createVillage, newVillageId } from '../../server/village/index.ts';
import type { TestStore } from './stores.ts';
import { cheapHash } from './work.ts';

/** A caller's id and the headers that authenticate it. */
export interface Caller {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface StaffCaller extends Caller {
  readonly username: string;
  readonly password: string;
}

export interface KioskCaller extends Caller {
  /** The kiosk's device without its volunteer. */
  readonly device: Caller;
  readonly volunteerId: string;
  readonly pin: string;
}

export type AnswerOf<Id extends EndpointId> = Result<Operations[Id] & Operation>;

export interface Sent<Id extends EndpointId = EndpointId> {
  readonly as?: Caller | undefined;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: CallInput<Operations[Id]>['query'];
  readonly body?: CallInput<Operations[Id]>['body'];
  /** The idempotency key. Writes that need one get a fresh one by default. `null` sends none. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An unchecked request, for any endpoint and for bad requests. */
export interface LooseSent {
  readonly as?: Caller | undefined;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly key?: string | null | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface ProblemBody {
  readonly code: ErrorCode;
  readonly kind: string;
  readonly moved: string;
  readonly title: string;
  readonly detail: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly errors?: readonly { path: string; message: string }[];
}

export interface Got<Id extends EndpointId> {
  readonly status: number;
  readonly headers: Headers;
  /** The answer, if the status is 200. */
  readonly data: AnswerOf<Id>;
  /** The problem document, if the status is not 200. */
  readonly problem: ProblemBody;
}

export interface TestVillage {
  readonly id: string;
  readonly admin: StaffCaller;
}

export interface TestServer extends TestVillage {
  readonly store: Store;
  readonly test: TestStore;
  readonly http: App;
  readonly url: string;
  readonly clock: { nowMs: number };
  /** Calls an endpoint and returns the answer or the problem. */
  call<Id extends EndpointId>(id: Id, sent?: Sent<Id>): Promise<Got<Id>>;
  /** Calls an endpoint that must succeed and returns its answer. */
  must<Id extends EndpointId>(id: Id, sent?: Sent<Id>): Promise<AnswerOf<Id>>;
  /** Calls an endpoint that must be refused and returns the problem's code. */
  refused<Id extends EndpointId>(id: Id, sent?: Sent<Id>): Promise<ErrorCode>;
  /** Creates a member of staff and logs in. The default village is the first one. */
  asStaff(
    roles: StaffRole | readonly StaffRole[],
    options?: { village?: TestVillage; householdIds?: readonly string[] },
  ): Promise<StaffCaller>;
  /** The same person logs in again, at another time. */
  logInAgain(person: StaffCaller): Promise<StaffCaller>;
  /** Adds a village with an administrator. Its books are open unless said otherwise. */
  addVillage(name?: string, isOpen?: boolean): Promise<TestVillage>;
  /** Logs in on a household's phone. */
  asHousehold(householdId: string, village?: TestVillage): Promise<Caller>;
  /** Takes somebody out of office as if it were long ago, so that duties are not split by their number. */
  retire(person: Pick<StaffCaller, 'id'>, village?: TestVillage): Promise<void>;
  /** Pairs a kiosk and signs a volunteer in, who is confirmed. */
  asKiosk(village?: TestVillage): Promise<KioskCaller>;
  readonly secrets: Secrets;
  /** Starts another server on the same database, with other secrets if given. Returns its address. */
  another(secrets?: Secrets): Promise<string>;
  remove(): Promise<void>;
}

export const SECRETS: Secrets = { current: 'a secret of the tests, long enough to count', previous: [] };
export const PASSWORD = 'harvest-moon-42';
/** Operations of these permissions hand something in that another person decides. */
const PROPOSING: ReadonlySet<Permission> = new Set([
  'proposal.make',
  'proposal.correct',
  'report.check',
  'change.propose',
]);
let passwordHash: Promise<string> | undefined;

/** `guardsClock` turns on the check of a clock that jumps. Most tests move the clock, so it is off by default. */
export type ServedOptions = Partial<
  Pick<AppOptions, 'limits' | 'logger' | 'worker' | 'place' | 'interfaces' | 'printerNetwork' | 'httpsPort'>
> & {
  readonly guardsClock?: boolean;
  readonly uploadBytesMax?: number;
  /** The built screens, for a test that gives the server what its process would not take. */
  readonly screensFolder?: string;
  /** Villages and their staff are told in their books, as real ones are, so that `verify` holds their rows to it. */
  readonly isTold?: boolean;
};

/** Fills an empty database with a village and an administrator, and serves it. */
export async function serveOver(
  test: TestStore,
  { guardsClock = false, uploadBytesMax, screensFolder, isTold = false, ...options }: ServedOptions = {},
): Promise<TestServer> {
  const { store } = test;
  const clock = { nowMs: Date.now() };
  const random = (size: number) => randomBytes(size);
  const servers: Server[] = [];
  async function start(over: Store, secrets: Secrets = SECRETS): Promise<{ http: App; url: string }> {
    const http = createApp({
      store: over,
      config: {
        dataDir: test.dataDir,
        databaseUrl: test.databaseUrl,
        secrets,
        setupCode: 'setup-code',
        trustProxy: 1,
        publicUrl: '',
        version: '0.0.0-test',
        guardsClock,
        ...(uploadBytesMax === undefined ? {} : { uploadBytesMax }),
        ...(screensFolder === undefined ? {} : { screensFolder }),
      },
      clock: () => clock.nowMs,
      random,
      logger: pino({ level: process.env.JISHAN_TEST_LOG ?? 'silent' }),
      ...options,
    });
    const server = createListener(http.app, { isProxy: (address) => http.isProxy(address) });
    servers.push(server);
    return { http, url: await listen(server) };
  }
  const { http, url } = await start(store);
  const ledger = createLedger({ clock: () => clock.nowMs });
  const householdSessions = createHouseholdSessions(random);
  const newId = () => randomBytes(12).toString('hex');
  const looks = lookingFirst(store);
  /** Members of the staff whom nobody has confirmed, with their village. */
  const unconfirmed = new Map<string, string>();

  async function call<Id extends EndpointId>(id: Id, sent: Sent<Id> = {}): Promise<Got<Id>> {
    if (PROPOSING.has(OPERATIONS[id].access) && methodOf(id) !== 'GET') await beConfirmed(sent.as?.id ?? '');
    const response = await fetch(`${url}${addressOf(id, sent)}`, requestOf(id, await looks.first(id, sent)));
    const isJson =
      /\bjson\b/.test(response.headers.get('Content-Type') ?? '') &&
      !response.headers.has('Content-Disposition');
    const body: unknown = isJson ? await response.json() : await response.blob();
    return {
      status: response.status,
      headers: response.headers,
      data: body as AnswerOf<Id>,
      problem: body as ProblemBody,
    };
  }

  async function must<Id extends EndpointId>(id: Id, sent: Sent<Id> = {}): Promise<AnswerOf<Id>> {
    const got = await call(id, sent);
    const waits = got.status === 403 && got.problem.code === 'auth.unconfirmed';
    if (waits && unconfirmed.has(sent.as?.id ?? '')) {
      await beConfirmed(sent.as?.id ?? '');
      return must(id, sent);
    }
    if (got.status !== 200) throw new Error(`${id}: ${got.status} ${JSON.stringify(got.problem)}`);
    return got.data;
  }

  async function asStaff(
    roles: StaffRole | readonly StaffRole[],
    {
      village = first,
      householdIds = [],
    }: { village?: Pick<TestVillage, 'id'>; householdIds?: readonly string[] } = {},
  ): Promise<StaffCaller> {
    passwordHash ??= cheapHash(PASSWORD);
    const hash = await passwordHash;
    const id = newId();
    const username = `t${id.slice(0, 12)}`;
    const list = typeof roles === 'string' ? [roles] : roles;
    // Administrators and deciders are known from the beginning; the others count once they propose or somebody confirms them.
    const isKnown = list.some((role) => role === 'admin' || role === 'approver');
    await store.transaction(async (tx) => {
      const made = await createStaff(tx, {
        villageId: village.id,
        id,
        username,
        displayName: list.join('+'),
        passwordHash: hash,
        mustChangePassword: false,
        roles: list,
        householdIds,
        unconfirmedBy: isKnown ? null : 'tests',
        nowMs: clock.nowMs,
      });
      if (!isKnown) unconfirmed.set(id, village.id);
      if (isTold) await tell(tx, village.id, isKnown ? 'setup' : 'desk', actsOfMaking(made));
    });
    return logInAgain({ id, username, password: PASSWORD, headers: {} });
  }

  async function logInAgain(person: StaffCaller): Promise<StaffCaller> {
    const { username, password } = person;
    const { accessToken } = await must('session.login', { body: { username, password } });
    return { ...person, headers: { Authorization: `Bearer ${accessToken}` } };
  }

  /** People who propose have been confirmed before, as at the desk. Nobody else has: duties are split by their number. */
  async function beConfirmed(id: string): Promise<void> {
    const villageId = unconfirmed.get(id);
    if (villageId === undefined) return;
    unconfirmed.delete(id);
    await store.transaction(async (tx) => {
      const { staff } = tx.t;
      const [row] = await tx.db
        .update(staff)
        .set({ confirmedAtMs: sql`${staff.createdAtMs}`, unconfirmedBy: null, unconfirmedSinceMs: null })
        .where(and(eq(staff.villageId, villageId), eq(staff.id, id), eq(staff.unconfirmedBy, 'tests')))
        .returning();
      if (row && isTold)
        await tell(tx, villageId, 'desk', [
          { act: 'staff.confirmed', on: `staff:${id}`, is: { roles: row.roles } },
        ]);
    });
  }

  async function addVillage(name = '后洼村', isOpen = true): Promise<TestVillage> {
    const id = newVillageId(newId);
    const village = { id, bookId: newId(), name, town: '谷旦镇', isDemo: false, nowMs: clock.nowMs };
    const opened = isOpen && !isTold ? { openedAtMs: clock.nowMs } : {};
    await store.transaction(async (tx) => {
      await createVillage(tx, ledger, { ...village, ...opened });
      if (isTold) await tell(tx, id, 'setup', [actOfFounding({ ...village, settings: {} })]);
    });
    const made = { id, admin: await asStaff('admin', { village: { id } }) };
    if (isTold && isOpen) await open(made);
    return made;
  }

  /** Books acts of what the tests make without asking the server. */
  function tell(tx: Tx, villageId: string, via: Via, acts: readonly AnyAct[]): Promise<void> {
    const today = businessDay(clock.nowMs, DEFAULT_SETTINGS.timeZone);
    return bookActs(ledger, tx, { villageId, actorId: 'tests', via, today, newId }, acts);
  }

  /** Somebody who left counts for ten days more for the split of duties. */
  async function retire(
    { id }: Pick<StaffCaller, 'id'>,
    { id: villageId, admin: as }: TestVillage,
  ): Promise<void> {
    await must('staff.update', { as, params: { id }, body: { disabled: true } });
    await store.transaction(async ({ db, t: { staff } }) => {
      const who = and(eq(staff.villageId, villageId), eq(staff.id, id));
      await db.update(staff).set({ disabledAtMs: 1 }).where(who).returning({ id: staff.id });
    });
  }

  /** Opens a village's books as people do: with somebody who proposes, another who approves, and a volunteer. They leave afterwards. */
  async function open(village: TestVillage): Promise<void> {
    const as = village.admin;
    const people = [await asStaff('committee', { village }), await asStaff('approver', { village })];
    const approver = people[1];
    await must('volunteers.create', { as, body: { name: '头一位志愿者' } });
    const { head } = await must('village.opening', { as: approver });
    await must('village.open', { as: approver, body: { head } });
    for (const person of people) await retire(person, village);
  }

  const first: TestVillage = await addVillage('前洼村');

  return {
    ...first,
    store,
    test,
    http,
    url,
    clock,
    call,
    must,
    async refused(id, sent) {
      const got = await call(id, sent);
      if (got.status === 200) throw new Error(`${id} was not refused: ${JSON.stringify(got.data)}`);
      return got.problem.code;
    },
    asStaff,
    logInAgain,
    addVillage,
    async asHousehold(householdId, village = first) {
      const when = { nowMs: clock.nowMs, newId };
      const { token } = await store.transaction((tx) =>
        householdSessions.open(tx, { villageId: village.id, id: householdId }, when),
      );
      return { id: householdId, headers: { Authorization: `Household ${token}` } };
    },
    async asKiosk(village = first) {
      const as = village.admin;
      const { code, kiosk } = await must('kiosks.create', { as, body: { name: '超市' } });
      const { deviceToken } = await must('kiosk.pair', { body: { code } });
      const device = { id: kiosk.id, headers: { Authorization: `Kiosk ${deviceToken}` } };
      const { volunteer, pin } = await must('volunteers.create', {
        as,
        body: { name: `志愿者${newId().slice(0, 10)}` },
      });
      await confirmAtOnce({ store, clock }, volunteer.id);
      const signed = await must('kiosk.signIn', { as: device, body: { volunteerId: volunteer.id, pin } });
      const headers = { ...device.headers, 'X-Shift': signed.shiftToken };
      return { id: volunteer.id, headers, device, volunteerId: volunteer.id, pin };
    },
    retire: (person, village = first) => retire(person, village),
    secrets: SECRETS,
    async another(secrets) {
      return (await start(await test.openAgain(), secrets)).url;
    },
    async remove() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await test.remove();
    },
  };
}

/** A new idempotency key. */
export function newKey(): string {
  return randomBytes(16).toString('hex');
}

export function addressOf(id: EndpointId, { params = {}, query = {} }: LooseSent): string {
  const path = pathOf(id).replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name] ?? '')),
  );
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return `${API_BASE}${path}${search === '' ? '' : `?${search}`}`;
}

export function methodOf(id: EndpointId): string {
  return ENDPOINTS[id].slice(0, ENDPOINTS[id].indexOf(' '));
}

function pathOf(id: EndpointId): string {
  return ENDPOINTS[id].slice(ENDPOINTS[id].indexOf(' ') + 1);
}

export function requestOf(id: EndpointId, { as, body, key, headers }: LooseSent): RequestInit {
  const method = methodOf(id);
  if (method === 'GET') return { headers: { ...as?.headers, ...headers } };
  const isUpload = body instanceof Uint8Array;
  return {
    method,
    headers: {
      'Content-Type': isUpload ? 'application/octet-stream' : 'application/json',
      ...(key === null ? {} : { 'Idempotency-Key': key ?? newKey() }),
      ...as?.headers,
      ...headers,
    },
    body: isUpload ? new Blob([new Uint8Array(body)]) : JSON.stringify(body ?? {}),
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

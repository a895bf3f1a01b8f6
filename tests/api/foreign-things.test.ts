import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Operation } from '../../shared/operation.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import { BOOK, changedTables, type Digest, openDigest } from '../support/digest.ts';
import type { Schema } from '../support/hostile-input.ts';
import { confirmedSupervisor, furnish, sampleOf, type Furnished } from '../support/samples.ts';
import type { Caller, LooseSent, TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

/**
 * Every field of the contract that names a thing by its id, each filled with a thing of another village in an
 * otherwise good request. The fields are read from the contract: a new one has to say here what a foreign one is.
 * Numbers of households and entries begin anew in each village and name its own.
 */
const NAMES_A_THING = /^(?:id|ids|card|\w+Ids?)$/;

const THINGS: Readonly<Record<string, (foreign: Furnished) => unknown>> = {
  actorId: ({ staff }) => staff.id,
  attendanceId: ({ workdays }) => workdays.toLower,
  attendanceIds: ({ workdays }) => [workdays.toSignOut],
  approverId: ({ staff }) => staff.id,
  batchId: ({ batchId }) => batchId,
  batchIds: ({ batchId }) => batchId,
  card: ({ household }) => household.card,
  judgeId: ({ staff }) => staff.id,
  judgeIds: ({ rounds }) => rounds.judgeIds,
  fromStaffId: ({ staff }) => staff.id,
  goodsId: ({ goodsId }) => goodsId,
  householdId: ({ household }) => household.id,
  householdIds: ({ household }) => [household.id],
  ids: ({ proposalId }) => [proposalId],
  intoId: ({ quietId }) => quietId,
  pictureId: ({ goodsPictureId }) => goodsPictureId,
  pictureIds: ({ evidenceId }) => [evidenceId],
  proposerId: ({ staff }) => staff.id,
  proposalId: ({ proposalId }) => proposalId,
  redemptionId: ({ redemptionId }) => redemptionId,
  returnId: ({ returnId }) => returnId,
  rowIds: ({ outbox }) => [outbox.markedId],
  ruleId: ({ ruleId }) => ruleId,
  toId: ({ quietId }) => quietId,
  toStaffId: ({ staff }) => staff.id,
  volunteerId: ({ volunteerId }) => volunteerId,
};

/** Bodies for fields that the endpoint's sample does not contain. */
const FORMS: Readonly<Record<string, object>> = {
  'households.proposeChange body.intoId': { kind: 'merge', intoId: '', reason: '并户' },
  'households.proposeChange body.toId': { kind: 'departure', toId: '', reason: '外迁' },
  'proposals.correct body.batch.batchId': {
    ...{ ruleId: 'any', note: '', effectiveOn: '2026-01-01', pictureIds: [] },
    batch: { mark: 'any' },
  },
  'proposals.decide body.batches[].batchId': { action: 'approve', batches: [{ mark: 'any' }] },
  'objections.make body.proposalId': { kind: 'objection', words: '不对' },
  'kiosk.lookup body.card': { card: '' },
  'kiosk.signOut body.counts[].goodsId': { counts: [{ goodsId: '', counted: 1, shown: 1 }] },
  'workdays.signIn body.card': { card: '' },
  'workdays.signOut body.card': { card: '' },
  'workdays.signLate body.card': { card: '', minutes: 60, reason: '补' },
  'kiosk.statement body.householdId': { householdId: '', presence: 'any' },
};

/** Such as `body.lines[].goodsId`. */
interface Field {
  readonly id: EndpointId;
  readonly path: string;
}

/** No other role may do these. */
const BY_SUPERVISOR: ReadonlySet<EndpointId> = new Set(['notices.review', 'objections.judge']);
const rolesOf = (id: EndpointId): readonly Role[] => PERMISSIONS[OPERATIONS[id].access];
/** Public endpoints are left out: their callers belong to no village. */
const ids = (Object.keys(ENDPOINTS) as EndpointId[]).filter((id) => !rolesOf(id).includes('public'));
/** Any id but that of the last counts is answered in one way: they have changed (shift_count.changed; api/shift-counts). */
const ONE_ANSWER = new Set(['kiosk.takeOver body.countId']);
const fields = ids
  .flatMap((id) => fieldsOf(id).map((path): Field => ({ id, path })))
  .filter(({ id, path }) => !ONE_ANSWER.has(`${id} ${path}`));

it('fields that name things are found, and what a foreign one is is known', () => {
  expect(fields.length).toBeGreaterThan(50);
  const unknown = fields.filter(({ path }) => !path.startsWith('params.') && !(nameOf(path) in THINGS));
  expect(unknown).toEqual([]);
});

describe.each(ENGINES)('things of another village on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('named by', () => {
    let server: TestServer;
    let own: Furnished;
    let foreign: Furnished;
    let approver: Caller;
    let supervisor: Caller;
    let digest: Digest;
    beforeAll(async () => {
      server = await startTestServer(engine);
      own = await furnish(server, server, '本');
      foreign = await furnish(server, await server.addVillage('彼村'), '外');
      approver = await server.asStaff('approver');
      supervisor = await server.asStaff('supervisor');
      digest = await openDigest(server.test);
    });
    afterAll(async () => {
      await digest.close();
      await server.remove();
    });

    it.each(fields)('$id $path are not there', async ({ id, path }) => {
      // With one more person of the staff duties would be split for all that comes after.
      const supervisor = BY_SUPERVISOR.has(id) ? await confirmedSupervisor(server, approver) : null;
      const before = await digest.read();
      const { status, problem, data } = await server.call(id, {
        ...sentWith(id, path),
        as: supervisor ?? callerOf(id),
      } as Parameters<typeof server.call>[1]);
      const isFile = data instanceof Blob;
      const said = isFile ? await data.text() : JSON.stringify(data);
      expect(said).not.toContain(foreign.mark);
      const changed = changedTables(before, await digest.read()).filter((table) => table !== 'commands');
      // The village’s own book was taken, if only its head: that is an act, whoever was looked for in it.
      expect(changed.sort()).toEqual(isFile ? BOOK : []);
      const isUnknown = status === 404 && /^[a-z]+\.(?:not_found|unknown)$/.test(problem.code);
      // A foreign volunteer gets the answer of a mistyped PIN, so that it does not tell who exists.
      const isWrong = /^kiosk\.(?:signIn|vouch)$/.test(id) && problem.code === 'auth.wrong';
      // Nobody’s statement is had without the presence, nor does anybody vouch; a foreign household has none on any kiosk
      // of the village.
      const isAbsent = /^kiosk\.(?:statement|vouch)$/.test(id) && problem.code === 'redemption.absent';
      const isEmpty = status === 200 && (isFile ? said === (await fileOfNobody(id, path)) : hasNothing(said));
      expect([isUnknown || isWrong || isAbsent || isEmpty, said]).toEqual([true, said]);
      if (supervisor) await server.retire(supervisor);
    });

    function callerOf(id: EndpointId): Caller {
      const roles = rolesOf(id);
      if (roles.includes('household')) return own.phone;
      if (roles.includes('kiosk') || roles.includes('volunteer')) return own.kiosk;
      if (roles.every((role) => role === 'supervisor')) return supervisor;
      return rolesOf(id).includes('admin') ? own.admin : approver;
    }

    /** The same file asked for by the id of nobody. */
    async function fileOfNobody(id: EndpointId, path: string): Promise<string> {
      const sent = { ...sentWith(id, path, () => 'nobody'), as: callerOf(id) };
      const { data } = await server.call(id, sent as Parameters<typeof server.call>[1]);
      return data instanceof Blob ? data.text() : JSON.stringify(data);
    }

    function sentWith(id: EndpointId, path: string, thingOf = THINGS[nameOf(path)]): LooseSent {
      const sample = sampleOf(id, own);
      const [part = '', ...steps] = path.split('.');
      const name = nameOf(path);
      const thing = part === 'params' ? sampleOf(id, foreign).params?.[name] : thingOf?.(foreign);
      expect([path, thing]).not.toEqual([path, undefined]);
      const form = FORMS[`${id} ${path}`] ?? sample[part as 'params' | 'query' | 'body'] ?? {};
      return { ...sample, [part]: put(form, steps, thing) };
    }
  });
});

/** Answers of reads that found nothing. */
const EMPTY = ['"items":[]', '"marked":0'];
const hasNothing = (said: string) => EMPTY.some((none) => said.includes(none));

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function put(value: unknown, [step = '', ...rest]: readonly string[], thing: unknown): unknown {
  const name = step.replace('[]', '');
  const inner = (value as Record<string, unknown>)[name];
  if (rest.length === 0) return { ...(value as object), [name]: thing };
  const filled = step.endsWith('[]')
    ? (inner as unknown[]).map((one) => put(one, rest, thing))
    : put(inner, rest, thing);
  return { ...(value as object), [name]: filled };
}

function fieldsOf(id: EndpointId): string[] {
  const { params, query, body }: Operation = OPERATIONS[id];
  const found = Object.entries({ params, query, body }).flatMap(([part, schema]) =>
    schema ? namesIn(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Schema, part) : [],
  );
  return Array.from(new Set(found));
}

function namesIn(schema: Schema, path: string): string[] {
  const { properties = {}, items, anyOf = [], oneOf = [] } = schema;
  const here = Object.entries(properties).flatMap(([name, inner]) => [
    // An enum, such as the state of a household's card, names no thing.
    ...(NAMES_A_THING.test(name) && !inner.enum ? [`${path}.${name}`] : []),
    ...namesIn(inner, `${path}.${name}`),
  ]);
  const below = items ? namesIn(items, `${path}[]`) : [];
  return [...here, ...below, ...[...anyOf, ...oneOf].flatMap((one) => namesIn(one, path))];
}

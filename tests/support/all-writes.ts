/** Every write of the API, each with a caller who may do it, over one furnished village. */
import { OPERATIONS } from '../../shared/contract.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import type { Operation } from '../../shared/operation.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import { withCard } from './presence.ts';
import { basketSample } from './sample-parts.ts';
import { confirmedSupervisor, DONE_ONCE, type Furnished, sampleOf } from './samples.ts';
import type { Caller, LooseSent, TestServer } from './server.ts';

export const operationOf = (id: EndpointId): Operation => OPERATIONS[id];

/**
 * Log-ins and set-up are played elsewhere. Those of the kiosk and of cards come first, because `kiosks.revoke` ends the
 * kiosk and `households.revokeCard` the card; those of rounds, because an administrator opens and closes them only before duties are
 * split. Those of the staff come last: with more people duties are split.
 */
const FIRST = /^(?:kiosk|cards|rounds)\./;
export const KEYED_WRITES: readonly EndpointId[] = (Object.keys(ENDPOINTS) as EndpointId[])
  .filter((id) => !ENDPOINTS[id].startsWith('GET') && operationOf(id).idempotent !== false)
  .filter((id) => !DONE_ONCE.includes(id))
  .sort((a, b) => rankOf(a) - rankOf(b));

function rankOf(id: EndpointId): number {
  return Number(id.startsWith('staff.')) - Number(FIRST.test(id));
}

/** An administrator may read what these change, and not do them. */
const BY_APPROVER: readonly EndpointId[] = ['proposals.decide', 'staff.confirm'];

const BY_SUPERVISOR: readonly EndpointId[] = ['signatures.sign', 'notices.review', 'objections.judge'];

/** Once duties are split, an administrator proposes nothing. */
const BY_LEADER: readonly EndpointId[] = ['reports.takeUp', 'reports.notAccept'];

/** Only the kiosk that handed out undoes, and a card counts where it was shown. */
const AT_OWN_KIOSK: readonly EndpointId[] = ['kiosk.undo', 'kiosk.return'];

/** A caller who may do this, and a good request. */
export async function goodWrite(
  server: TestServer,
  id: EndpointId,
  { own, approver }: { readonly own: Furnished; readonly approver: Caller },
): Promise<LooseSent & { readonly as: Caller }> {
  const as = await callerOf();
  return id === 'kiosk.redeem'
    ? { body: await withCard(server, as, basketSample(own.household.id, own.goodsId)), as }
    : { ...sampleOf(id, own), as };

  async function callerOf(): Promise<Caller> {
    const roles: readonly Role[] = PERMISSIONS[operationOf(id).access];
    if (roles.includes('volunteer')) return AT_OWN_KIOSK.includes(id) ? own.kiosk : server.asKiosk();
    if (roles.includes('household')) return server.asHousehold(own.household.id);
    if (BY_LEADER.includes(id)) return server.asStaff('group_leader');
    if (BY_SUPERVISOR.includes(id)) return confirmedSupervisor(server, approver);
    return roles.includes('admin') && !BY_APPROVER.includes(id) ? own.admin : approver;
  }
}

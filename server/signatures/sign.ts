import type { Reader, Tx } from '../../db/index.ts';
import type { Act } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import { mayDo } from '../../shared/permissions.ts';
import { STAFF_ROLES, type StaffRole } from '../../shared/roles.ts';
import type { DocumentKind, SUPERVISOR_KINDS } from '../../shared/signatures/documents.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { findDocument, freeze, OPENING_ID, sha256 } from '../documents/index.ts';
import { unsignedOpening } from './opening-state.ts';
import { remarkHash } from './remark-hash.ts';
import { draftWeek, lastWeek, nextAfter, type WeekDraft } from './week.ts';

interface ToSign {
  readonly kind: (typeof SUPERVISOR_KINDS)[number];
  /** The hash of the document that the signer saw. */
  readonly hash: string;
  readonly after?: number | undefined;
  readonly through?: number | undefined;
  readonly remark: string;
}

/** The person who signs, and the time. */
export interface SigningAt {
  readonly village: VillageContext;
  readonly actor: Actor;
  readonly nowMs: number;
  readonly newId: () => string;
  readonly newSalt: () => string;
}

interface At extends SigningAt {
  readonly today: string;
}

/** True for a supervisor whom somebody else has confirmed: nobody makes one alone who signs. */
export function maySign({ roles, confirmedAtMs }: Actor): boolean {
  return mayDo(roles, 'signature.sign') && typeof confirmedAtMs === 'number';
}

/**
 * Signs what the caller saw, and freezes it. Answers the id of the signature, and the act that tells of it. Refuses with
 * signature.unconfirmed, signature.signed, signature.not_found, signature.changed.
 */
export async function sign(
  tx: Tx,
  at: At,
  asked: ToSign,
): Promise<{ id: string; act: Act<'signatures.signed'> }> {
  const { village, actor } = at;
  if (!maySign(actor)) throw new Refusal('signature.unconfirmed');
  await tx.lockBook(village.id);
  const documentId =
    asked.kind === 'opening' ? await openingSeen(tx, at, asked.hash) : await weekSeen(tx, at, asked);
  return writeSignature(tx, at, { ...asked, documentId });
}

/** A document as somebody signs it. */
export interface Signing {
  readonly kind: DocumentKind;
  readonly documentId: string;
  readonly hash: string;
  readonly remark: string;
}

/** Writes the caller's signature on a frozen document. Answers its id, and the act that tells of it. */
export async function writeSignature(
  tx: Tx,
  { village, actor, nowMs, newId, newSalt }: SigningAt,
  { kind, documentId, hash, remark }: Signing,
): Promise<{ id: string; act: Act<'signatures.signed'> }> {
  const { signatures } = tx.t;
  const id = newId();
  const salt = remark === '' ? '' : newSalt();
  const roles = STAFF_ROLES.filter((role) => actor.roles.includes(role));
  await tx.db
    .insert(signatures)
    .values({
      ...{ villageId: village.id, id, kind, documentId, hash, signedBy: actor.id },
      ...{ roles, signedAtMs: nowMs, remark, salt },
    })
    .returning({ id: signatures.id });
  return { id, act: actOf(id, { document: `${kind}:${documentId}`, hash, roles, remark, salt }) };
}

interface Signed {
  readonly document: string;
  readonly hash: string;
  readonly roles: readonly StaffRole[];
  readonly remark: string;
  readonly salt: string;
}

function actOf(id: string, { document, hash, roles, remark, salt }: Signed): Act<'signatures.signed'> {
  const told = { document, hash, role: roles, remark: remark === '' ? '' : remarkHash(salt, remark) };
  return { act: 'signatures.signed', on: `signature:${id}`, is: told };
}

async function openingSeen(tx: Tx, { village, today }: At, seen: string): Promise<string> {
  const document = await findDocument(tx, village.id, { kind: 'opening', id: OPENING_ID });
  if ((await unsignedOpening(tx, village, today)) === null) throw new Refusal('signature.signed');
  if (document.hash !== seen) throw new Refusal('signature.changed');
  return document.id;
}

async function weekSeen(tx: Tx, at: At, { hash, after, through }: ToSign): Promise<string> {
  const draft = await weekAsked(tx, at, { after, through });
  if (draft === null || sha256(draft.body) !== hash) throw new Refusal('signature.changed');
  const { kind, body, afterNumber, headNumber } = draft;
  const id = at.newId();
  await freeze(tx, at.village.id, { kind, id, body, afterNumber, headNumber }, at.nowMs);
  return id;
}

/** A list begins where the last one ended. The first may begin a little earlier than it would by now. */
async function weekAsked(
  reader: Reader,
  { village, nowMs }: At,
  { after, through }: Pick<ToSign, 'after' | 'through'>,
): Promise<WeekDraft | null> {
  if (after === undefined || through === undefined) return null;
  const last = await lastWeek(reader, village.id);
  const fits = last ? after === last.headNumber : after <= (await nextAfter(reader, village, nowMs));
  return fits ? draftWeek(reader, village, { after, through }) : null;
}

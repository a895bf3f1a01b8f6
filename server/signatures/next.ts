import type { Reader } from '../../db/index.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { publicDigits } from '../../shared/ledger/public-head.ts';
import { type SUPERVISOR_KINDS, WEEK_DAYS } from '../../shared/signatures/documents.ts';
import type { FrozenOpening } from '../../shared/village/opening.ts';
import { bookerNamesThen } from '../books/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { entry, readHead } from '../ledger/index.ts';
import { sha256 } from '../documents/index.ts';
import { listSignatures } from './list.ts';
import { openingDocument, unsignedOpening } from './opening-state.ts';
import { maySign } from './sign.ts';
import { draftWeek, lastWeek, nextAfter } from './week.ts';

type Next = Answer<Operations['signatures.next']>;

interface At {
  readonly village: VillageContext;
  readonly actor: Actor;
  readonly today: string;
  readonly nowMs: number;
}

/** Reads what a supervisor signs who looks now: the hash of the document, and of a list the stretch of the book. */
export async function whatIsSigned(
  reader: Reader,
  village: VillageContext,
  kind: (typeof SUPERVISOR_KINDS)[number],
  nowMs: number,
): Promise<{ hash: string; after?: number; through?: number }> {
  if (kind === 'opening') return { hash: (await openingDocument(reader, village.id))?.hash ?? '' };
  const after = await nextAfter(reader, village, nowMs);
  const draft = await draftWeek(reader, village, { after, through: undefined });
  return draft === null ? { hash: '' } : { after, through: draft.headNumber, hash: sha256(draft.body) };
}

/** Reads what waits for a supervisor's signature. */
export async function nextToSign(reader: Reader, { village, actor, today, nowMs }: At): Promise<Next> {
  const lastOne = await lastWeek(reader, village.id);
  const [last = null] = lastOne
    ? await listSignatures(reader, village.id, { ids: [lastOne.id], limit: 1 })
    : [];
  const dueOn = lastOne && addDays(businessDay(lastOne.signedAtMs, village.settings.timeZone), WEEK_DAYS);
  return {
    opening: await openingToSign(reader, village, today),
    week: await weekToSign(reader, village, nowMs),
    ...{ dueOn, last, maySign: maySign(actor) },
  };
}

async function openingToSign(
  reader: Reader,
  village: VillageContext,
  today: string,
): Promise<Next['opening']> {
  const waits = await unsignedOpening(reader, village, today);
  const document = waits && (await openingDocument(reader, village.id));
  if (!document) return null;
  const { openedBy, people, openedAtMs, ...made } = JSON.parse(document.body) as FrozenOpening;
  const nameThen = await bookerNamesThen(reader, village.id);
  const nameOf = (id: string) => nameThen(id, document.headNumber + 1) ?? '';
  return {
    ...{ documentId: document.id, hash: document.hash, openedAtMs, openedBy: nameOf(openedBy) },
    ...{ dueOn: waits.dueOn, isOverdue: waits.isOverdue },
    made: { ...made, people: people.map((person) => ({ ...person, name: nameOf(person.id) })) },
  };
}

async function weekToSign(reader: Reader, village: VillageContext, nowMs: number): Promise<Next['week']> {
  const after = await nextAfter(reader, village, nowMs);
  const draft = await draftWeek(reader, village, { after, through: undefined });
  if (draft === null) return null;
  const { headNumber, hashOfHead, items, body } = draft;
  const first = await entry(reader, village.id, after + 1);
  const head = await readHead(reader, village.id);
  return {
    ...{ after, through: headNumber, items, hash: sha256(body) },
    head: { number: headNumber, digits: publicDigits(hashOfHead) },
    fromMs: first?.bookedAtMs ?? 0,
    isMore: (head?.number ?? 0) > headNumber,
  };
}

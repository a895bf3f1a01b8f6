import { eq } from 'drizzle-orm';
import type { Reader, Tables } from '../../db/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { type ActEntry, actEntries, digitsOf } from '../ledger/index.ts';
import { OPENING_ID, sha256 } from '../documents/index.ts';
import { remarkHash } from './remark-hash.ts';

type DocumentRow = Tables['frozenDocuments']['$inferSelect'];
type SignatureRow = Tables['signatures']['$inferSelect'];

/** A village that signs twice a week for a thousand years has fewer. */
const ACTS_MOST = 100_000;

/**
 * Compares each document with its hash and with the book, and each signature with its document and with its act. Answers the
 * first row that does not fit.
 */
export async function checkSignatures(reader: Reader, villageId: string): Promise<BadRow | null> {
  const { frozenDocuments, signatures } = reader.t;
  const documents = await reader.db
    .select()
    .from(frozenDocuments)
    .where(eq(frozenDocuments.villageId, villageId))
    .orderBy(frozenDocuments.headNumber);
  const signed = await reader.db
    .select()
    .from(signatures)
    .where(eq(signatures.villageId, villageId))
    .orderBy(signatures.id);
  const acts = await actsWith(reader, villageId, 'signature:', 'is.hash');
  const frozen = [
    ...(await actsWith(reader, villageId, 'village:', 'is.document')),
    ...(await actsWith(reader, villageId, 'handover:', 'is.document')),
    ...(await actsWith(reader, villageId, 'notice:', 'is.document')),
  ];
  const digits = await digitsOf(
    reader,
    villageId,
    documents.map(({ headNumber }) => headNumber),
  );
  const byKey = new Map(documents.map((row) => [`${row.kind}:${row.id}`, row]));
  const actOf = new Map(acts.map((act) => [act.source, act]));
  return (
    firstOf(documents, (row) => wrongDocument(row, digits)) ??
    firstOf(frozen, (act) => unlikeItsAct(act, byKey)) ??
    firstOf(signed, (row) => wrongSignature(row, { byKey, actOf })) ??
    missingSignature(acts, signed)
  );
}

function actsWith(
  reader: Reader,
  villageId: string,
  sourceBegins: string,
  fact: string,
): Promise<ActEntry[]> {
  return actEntries(reader, villageId, { sources: [], among: { sourceBegins, fact }, limit: ACTS_MOST });
}

function firstOf<Row>(rows: readonly Row[], wrong: (row: Row) => BadRow | null): BadRow | null {
  for (const row of rows) {
    const found = wrong(row);
    if (found) return found;
  }
  return null;
}

function bad(
  table: string,
  check: string,
  expected: string,
  found: string,
  number: number | null = null,
): BadRow {
  return { table, number, line: null, accountId: null, check, expected, found };
}

const DOCUMENTS = 'frozen_documents';
const SIGNATURES = 'signatures';

interface Head {
  readonly number: number;
  readonly hash: string;
}

function wrongDocument(
  { body, hash, headNumber }: DocumentRow,
  digits: ReadonlyMap<number, string>,
): BadRow | null {
  const made = sha256(body);
  if (made !== hash) return bad(DOCUMENTS, 'hash', hash, made, headNumber);
  const { head } = JSON.parse(body) as { head: Head };
  const inBook = digits.get(headNumber)?.replaceAll(' ', '') ?? '';
  const isOfBook = head.number === headNumber && inBook !== '' && head.hash.startsWith(inBook);
  return isOfBook ? null : bad(DOCUMENTS, 'head', head.hash, inBook, headNumber);
}

/** The act that froze a document before anybody signed it names its hash: of the opening, a hand-over or a notice. */
function unlikeItsAct(
  { number, source, facts }: ActEntry,
  byKey: ReadonlyMap<string, DocumentRow>,
): BadRow | null {
  const expected = valueOf(facts, 'is.document');
  const key = source?.startsWith('village:') === false ? source : `opening:${OPENING_ID}`;
  const found = byKey.get(key)?.hash ?? '';
  return found === expected ? null : bad(DOCUMENTS, 'act', expected, found, number);
}

function wrongSignature(
  row: SignatureRow,
  known: {
    readonly byKey: ReadonlyMap<string, DocumentRow>;
    readonly actOf: ReadonlyMap<string | null, ActEntry>;
  },
): BadRow | null {
  const document = `${row.kind}:${row.documentId}`;
  const frozen = known.byKey.get(document)?.hash ?? '';
  if (frozen !== row.hash) return bad(SIGNATURES, 'document', frozen, row.hash);
  const act = known.actOf.get(`signature:${row.id}`);
  if (!act) return bad(SIGNATURES, 'act', '', row.id);
  const { number, facts, actorId, bookedAtMs } = act;
  const isErased = row.remark === null && row.salt === null;
  const pairs: readonly (readonly [expected: string, found: string])[] = [
    [valueOf(facts, 'is.document'), document],
    [valueOf(facts, 'is.hash'), row.hash],
    [valueOf(facts, 'is.role'), row.roles.join()],
    [actorId, row.signedBy],
    // The ledger's clock never goes back, so that an entry may be booked a little later.
    [String(bookedAtMs >= row.signedAtMs), 'true'],
    ...(isErased ? [] : [[valueOf(facts, 'is.remark'), hashOfRemark(row)] as const]),
  ];
  const wrong = pairs.find(([expected, found]) => expected !== found);
  return wrong ? bad(SIGNATURES, 'act', wrong[0], wrong[1], number) : null;
}

function hashOfRemark({ remark, salt }: SignatureRow): string {
  return remark === '' && salt === '' ? '' : remarkHash(salt ?? '', remark ?? '');
}

function missingSignature(acts: readonly ActEntry[], signed: readonly SignatureRow[]): BadRow | null {
  const there = new Set(signed.map(({ id }) => `signature:${id}`));
  const lost = acts.find(({ source }) => !there.has(source ?? ''));
  return lost ? bad(SIGNATURES, 'missing', lost.source ?? '', '', lost.number) : null;
}

function valueOf(facts: ActEntry['facts'], name: string): string {
  const text = facts.get(name);
  return text === undefined || text === null ? '' : String(JSON.parse(text));
}

import { and, eq, inArray, sql } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Tx } from '../../db/store.ts';
import { type AppendInput, contentHash } from './check-entry.ts';
import { areSameFacts } from './facts.ts';
import { readFactsOf } from './journal-rows.ts';
import { textBody } from './plan.ts';
import { textCommitment } from './seal.ts';
import { type EntryText, type FactInput, type PostOutcome, refusal } from './types.ts';

/**
 * Finds for each input the first answer to its key, a conflict, or null when the key is new. Each key is looked up
 * once.
 */
export async function earlierAnswers(
  tx: Tx,
  villageId: string,
  inputs: readonly AppendInput[],
): Promise<(PostOutcome | null)[]> {
  const found = await findByKeys(
    tx,
    villageId,
    inputs.map((input) => input.idempotencyKey),
  );
  const answers: (PostOutcome | null)[] = [];
  const seen = new Set<string>();
  for (const input of inputs) {
    const earlier = found.get(input.idempotencyKey);
    // One call cannot use a key twice: neither of the two entries is the first.
    if (seen.has(input.idempotencyKey)) answers.push(refusal('idempotency.conflict'));
    else answers.push(earlier ? await answerOf(tx, input, earlier) : null);
    seen.add(input.idempotencyKey);
  }
  return answers;
}

type FoundEntry = Awaited<ReturnType<typeof findByKey>>[number];

async function findByKeys(
  tx: Tx,
  villageId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, FoundEntry>> {
  const { journal } = tx.t;
  const found = new Map<string, FoundEntry>();
  for (const some of chunked(keys)) {
    const rows =
      keys.length === 1
        ? await findByKey(tx, villageId, keys[0] ?? '')
        : await tx.db
            .select()
            .from(journal)
            .where(and(eq(journal.villageId, villageId), inArray(journal.idempotencyKey, some)));
    for (const row of rows) found.set(row.idempotencyKey, row);
  }
  return found;
}

function findByKey(tx: Tx, villageId: string, idempotencyKey: string) {
  return tx.prepared(
    'ledger.byKey',
    ({ db, t }) =>
      db
        .select()
        .from(t.journal)
        .where(
          and(
            eq(t.journal.villageId, sql.placeholder('villageId')),
            eq(t.journal.idempotencyKey, sql.placeholder('idempotencyKey')),
          ),
        ),
    { villageId, idempotencyKey },
  );
}

async function answerOf(tx: Tx, input: AppendInput, found: FoundEntry): Promise<PostOutcome> {
  const same =
    found.inputHash === contentHash(input) &&
    (await sameText(tx, found, input.text)) &&
    (await sameFacts(tx, found, input.facts ?? []));
  if (!same) return refusal('idempotency.conflict', { number: found.number });
  const { postings } = tx.t;
  const lines = await tx.db
    .select()
    .from(postings)
    .where(and(eq(postings.villageId, input.villageId), eq(postings.number, found.number)))
    .orderBy(postings.line);
  return { ok: true, replay: true, entry: { ...found, postings: lines } };
}

/** True when the retry has the first text. An erased text can no longer be told apart. */
async function sameText(tx: Tx, found: FoundEntry, text: EntryText | undefined): Promise<boolean> {
  if (found.textCommitment === null || !text) return (found.textCommitment === null) === !text;
  const { journalTexts } = tx.t;
  const [stored] = await tx.db
    .select()
    .from(journalTexts)
    .where(and(eq(journalTexts.villageId, found.villageId), eq(journalTexts.number, found.number)));
  if (!stored?.salt) return true;
  return textCommitment(stored.salt, textBody(text)) === found.textCommitment;
}

async function sameFacts(tx: Tx, found: FoundEntry, facts: readonly FactInput[]): Promise<boolean> {
  if (found.factsDigest === null) return facts.length === 0;
  const stored = await readFactsOf(tx, found.villageId, [found.number]);
  return areSameFacts(stored.get(found.number) ?? [], facts);
}

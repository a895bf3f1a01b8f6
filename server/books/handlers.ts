import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { listed } from '../../shared/sentence.ts';
import type { endpoints } from '../../shared/books/endpoints.ts';
import { accountKinds } from '../households/ledger-kinds.ts';
import type { HandlersOf } from '../http/index.ts';
import {
  entries,
  entry,
  type EntryWithLines,
  lastVerification,
  type Ledger,
  readHead,
  splitAccountId,
} from '../ledger/index.ts';
import type { NameThen } from '../acts/index.ts';
import { bookerNames, bookerNamesThen } from './names.ts';
import { ownerNames } from './owners.ts';
import { accountsAskedFor, searchFor } from './search.ts';
import { trialBalanceOf } from './trial.ts';
import type { Verifier } from './verifier.ts';
import { wholeBook } from './whole-book.ts';

export interface BooksServices {
  readonly verifier: Verifier;
  readonly ledger: Ledger;
}

export function booksHandlers({ verifier, ledger: { kinds } }: BooksServices): HandlersOf<typeof endpoints> {
  return {
    'ledger.entries': async ({ query }, { reader, village }) => {
      const { householdId, goodsId, q, ...rest } = query;
      const moving = await accountsAskedFor(reader, village.id, { householdId, goodsId });
      const search = await searchFor(reader, village.id, q);
      const { items, next } = await entries(reader, village.id, { ...rest, moving, search });
      const names = await bookerNamesThen(reader, village.id);
      const ids = items.flatMap(({ lines }) => lines.map(({ accountId }) => accountId));
      const owners = await ownerNames(reader, village.id, ids);
      return { items: items.map((one) => summaryOf(one, names, owners)), next };
    },

    'ledger.entry': async ({ params: { number } }, { reader, village }) => {
      const found = await entry(reader, village.id, number);
      if (!found) throw new Refusal('ledger.entry_not_found', { number });
      const ids = found.lines.map(({ accountId }) => accountId);
      return detailOf(
        found,
        await bookerNamesThen(reader, village.id),
        await ownerNames(reader, village.id, ids),
        (await readHead(reader, village.id))?.number ?? number,
      );
    },

    'ledger.actors': async (_input, { reader, village }) => {
      const names = await bookerNames(reader, village.id);
      return { items: Array.from(names, ([id, name]) => ({ id, name })) };
    },

    'ledger.trialBalance': ({ query: { asOf } }, { reader, village }) =>
      trialBalanceOf(reader, village, asOf),

    'ledger.verify': (_input, { village }) => verifier.verify(village.id),

    'ledger.lastVerification': async (_input, { reader, village }) => ({
      last: await lastVerification(reader, village.id),
      running: verifier.progress(village.id),
    }),

    'ledger.export': ({ params: { format } }, { reader, village, today }) =>
      wholeBook(reader, kinds, village, format, today),
  };
}

type Summary = Answer<Operations['ledger.entries']>['items'][number];
type Detail = Answer<Operations['ledger.entry']>;

function summaryOf(found: EntryWithLines, nameThen: NameThen, owners: ReadonlyMap<string, string>): Summary {
  const { number, kind, effectiveOn, bookedAtMs, text, actorId, lines, reversesNumber, reversedBy } = found;
  const ofHouseholds = lines.filter(({ accountId }) => accountKinds.household.ownerOf(accountId) !== null);
  const points = ofHouseholds.reduce((sum, { amount }) => sum + amount, 0);
  const bookedBy = nameThen(actorId, number) ?? '';
  const about = ofHouseholds.length > 0 ? ofHouseholds : lines;
  const owner = listed([...new Set(about.flatMap(({ accountId }) => owners.get(accountId) ?? []))]);
  return { number, kind, effectiveOn, bookedAtMs, text, bookedBy, owner, points, reversesNumber, reversedBy };
}

function detailOf(
  found: EntryWithLines,
  nameThen: NameThen,
  owners: ReadonlyMap<string, string>,
  bookEnd: number,
): Detail {
  const { previousHash, hash, idempotencyKey, source } = found;
  return {
    ...summaryOf(found, nameThen, owners),
    lines: found.lines.map((line) => ({
      ...line,
      accountKind: splitAccountId(line.accountId)?.kind ?? '',
      ownerName: owners.get(line.accountId) ?? '',
    })),
    previousHash,
    hash,
    idempotencyKey,
    source,
    bookEnd,
  };
}

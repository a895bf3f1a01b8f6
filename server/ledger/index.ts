import type { Reader, Tx } from '../../db/store.ts';
import type { EntryKind } from '../../shared/contract/ledger.ts';
import type { EntryInput, PostOutcome } from './types.ts';

export type * from './types.ts';

// (being written) The ledger's door. What the other rooms may count on:
//
//   accounts: householdAccount(id), heldAccount(id), villageAccount(kind, unit), shelfAccount(goodsId) …
//
//   const ledger = createLedger({ clock: () => ms, randomBytes })
//   ledger.openBook(tx, villageId, bookId?)                       called once when a village is made
//   ledger.post(tx, EntryInput) → PostOutcome
//   ledger.hold(tx, { …, householdId, points }) → PostOutcome
//   ledger.resolveHold(tx, { …, holdNumber, commitLines, … }) → PostOutcome     rest goes back to the household
//   ledger.reverse(tx, { villageId, number, effectiveOn, idempotencyKey, actorId, source?, text?, mayPassFloor? }) → PostOutcome
//   ledger.eraseText(tx, villageId, number)
//   orRefuse(outcome) → Posted, or throws Refusal(code, params)
//
//   balance(reader, villageId, account) → number                   (0 when the account was never used)
//   balances(reader, villageId, accountIds[]) → Map<accountId, number>
//   balanceOn(reader, villageId, account, day) → number
//   passbook(reader, villageId, account, { before?, limit }) → { lines, next }
//   entries(reader, villageId, { before?, kind?, householdId?, from?, to?, limit }), entry(reader, villageId, number)
//   trialBalance(reader, villageId, asOf?)
//   verify(store, villageId, { onProgress? }) → Verification
//   exportBook(reader, villageId, format) → AsyncIterable<string>; importJournal(store, villageId, lines)
export interface Ledger {
  post(tx: Tx, input: EntryInput): Promise<PostOutcome>;
}
export type { Reader, EntryKind };

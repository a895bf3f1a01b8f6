/** Rows that devices made before the server heard of them: taken in once, whoever brings them. It knows no kind of row. */
export { rowByKey, type StoredRow } from './outbox-rows.ts';
export { countUnconfirmedKeys } from './confirm-key.ts';
export { countOpenRows } from './late-rows.ts';
export { NOT_YET, type RowAt, type RowKind, rowKind, type RowOutcome } from './row-kind.ts';
export { withoutNetworkFact, withoutNetworkIn } from './without-network.ts';
export { createSafeEntry, type SafeEntry } from './safe-entry.ts';

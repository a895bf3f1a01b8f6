/** The ledger with the program's own kinds of account and entry, as the tests use it. */
import type { Reader, Store } from '../../db/store.ts';
import { LEDGER_KINDS } from '../../server/ledger-kinds.ts';
import * as ledger from '../../server/ledger/index.ts';
import type { ExportFormat } from '../../shared/ledger/export-format.ts';

export * from '../../server/ledger/index.ts';
export { heldAccount, householdAccount } from '../../server/households/ledger-kinds.ts';
export { stockCostAccount } from '../../server/goods/ledger-kinds.ts';
export { LEDGER_KINDS };

type Deps = Omit<Parameters<typeof ledger.createLedger<typeof LEDGER_KINDS>>[0], 'kinds'>;

export const createLedger = (deps: Deps) => ledger.createLedger({ ...deps, kinds: LEDGER_KINDS });

/** An account for pieces of one item. */
export function goodsAccount(
  kind: 'shelf' | 'supplier' | 'given' | 'adjusted',
  goodsId: string,
): ledger.AccountRef {
  return LEDGER_KINDS.accounts[kind].of(goodsId, goodsId);
}

/** The village's own account on the other side of a movement of points or money. */
export function villageAccount(
  kind: 'issued' | 'deducted' | 'redeemed' | 'opening' | 'lapsed' | 'funding' | 'cost',
): ledger.AccountRef {
  return LEDGER_KINDS.accounts[kind].of();
}

export const parseAccountId = (id: string) => ledger.parseAccountId(LEDGER_KINDS, id);

export const verify = (store: Store, villageId: string, options?: ledger.VerifyOptions) =>
  ledger.verify(store, LEDGER_KINDS, villageId, options);

export const verifyBook = (reader: Reader, villageId: string, options?: ledger.VerifyOptions) =>
  ledger.verifyBook(reader, LEDGER_KINDS, villageId, options);

export const exportBook = (
  reader: Reader,
  villageId: string,
  format: ExportFormat,
  labels?: ledger.ExportLabels,
) => ledger.exportBook(reader, LEDGER_KINDS, villageId, format, labels);

export const importJournal = (store: Store, villageId: string, source: AsyncIterable<string>) =>
  ledger.importJournal(store, LEDGER_KINDS, villageId, source);

import { sweptBeforeMs } from '../../shared/retention.ts';
import { dropOldVerifications } from '../ledger/index.ts';
import { heldAccount, householdAccount } from '../households/ledger-kinds.ts';
import { dailyVerification } from './daily-verification.ts';
import { booksHandlers, type BooksServices } from './handlers.ts';
import { passbookFile } from './personal-file.ts';
import { defineModule } from '../define-module.ts';

export const booksModule = defineModule({
  name: 'books',
  handlers: booksHandlers,
  jobs: ({ verifier }: BooksServices) => [dailyVerification(verifier)],
  async sweep({ store, nowMs, villageIds }) {
    const ages = {
      soundMs: sweptBeforeMs(nowMs, 'verifications'),
      failedMs: sweptBeforeMs(nowMs, 'failedVerifications'),
    };
    for (const villageId of villageIds)
      await store.transaction((tx) => dropOldVerifications(tx, villageId, ages));
  },
  async eraseHousehold(tx, { villageId, id }, ledger) {
    await ledger.eraseTextsOf(tx, villageId, [householdAccount(id), heldAccount(id)]);
    await ledger.eraseFactsOf(tx, villageId, id);
  },
  personalFile: passbookFile,
});

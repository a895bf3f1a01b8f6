import type { EraseHousehold } from '../proposals/index.ts';
import { eraseProposals } from '../proposals/index.ts';
import { eraseHousehold, personalTexts } from '../households/index.ts';
import { forgetAnswersWith } from '../http/index.ts';
import { eraseHouseholdLogIns } from '../identity/index.ts';
import { dropUnconfirmedWith } from '../imports/index.ts';
import { heldAccount, householdAccount } from '../households/account-kinds.ts';
import type { Ledger } from '../ledger/index.ts';

/**
 * Erases for good all that is kept about one household and says whose account it was, in the transaction of its approval.
 * Number and postings stay, and the chain verifies as before: texts stand outside the seal.
 */
export function householdEraser(ledger: Pick<Ledger, 'eraseTextsOf'>): EraseHousehold {
  return async (tx, { villageId, id, nowMs }) => {
    const texts = await personalTexts(tx, villageId, id);
    await ledger.eraseTextsOf(tx, villageId, [householdAccount(id), heldAccount(id)]);
    await eraseProposals(tx, villageId, id);
    await eraseHouseholdLogIns(tx, villageId, id);
    await dropUnconfirmedWith(tx, villageId, texts);
    await forgetAnswersWith(tx, villageId, texts);
    await eraseHousehold(tx, villageId, id, nowMs);
  };
}

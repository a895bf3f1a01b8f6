import type { ErrorSentences } from './sentence.ts';

/** What happened, whether points moved, what to do: households, their cards, and what is proposed for them. */
export const enHouseholds = {
  'household.not_found': {
    title: 'No such household',
    detail: 'This household was not found; no points moved. Check its number or look for it another way.',
  },
  'household.number_taken': {
    title: 'Number taken',
    detail:
      'This household number[ ({number})] belongs to another household; nothing was saved. Choose another number.',
  },
  'household.closed': {
    title: 'Household closed',
    detail:
      'This household’s account is closed; nothing was done, no points moved. Ask the committee to reopen it if needed.',
  },
  'household.no_pin': {
    title: 'This household has no PIN yet',
    detail:
      'This household has no PIN yet; nothing was handed out, no points were moved. Its head can get a PIN at the office; or take fewer things today.',
  },
  'household.open': {
    title: 'The household is open',
    detail:
      'This household[ ({number})] is open already; nothing was changed, no points moved. Reload and look again.',
  },
  'household.not_closed': {
    title: 'Close the household first',
    detail:
      'This household[ ({number})] is still open; nothing was changed, no points moved. Close it by a move or a merge first, then have its personal data erased.',
  },
  'household.erased': {
    title: 'Its data was erased',
    detail:
      'The personal data of this household[ ({number})] was erased: it cannot be changed or opened again, and no points moved. Add a new household if its people come back.',
  },
  'household.waiting': {
    title: 'Proposals are waiting',
    detail:
      'Proposals about this household[ ({number})] still wait for approval[: {count}]; nothing was done, no points moved. Have them approved, returned or withdrawn first.',
  },
  'household.held': {
    title: 'Points are on hold',
    detail:
      'This household[ ({number})] has points on hold[: {held:points}]; nothing was done, no points moved. Settle what it has reserved first.',
  },
  'household.same': {
    title: 'Choose another household',
    detail:
      'A household cannot be merged into itself; nothing was sent, no points moved. Choose another one.',
  },
  'household.split_points': {
    title: 'More than there is',
    detail:
      'The new household cannot take more than the balance[, which is {balance:points} points]; nothing was sent, no points moved. Enter less.',
  },
  'card.unknown': {
    title: 'Unknown card',
    detail: 'This card is not known; no points moved. Scan it again, or look the household up by number.',
  },
  'card.revoked': {
    title: 'Card no longer valid',
    detail:
      'This card is no longer valid; nothing was done, no points moved. Use the new card, or the household’s number.',
  },
  'proposal.not_found': {
    title: 'No such proposal',
    detail: 'This proposal was not found; no points moved. Reload and look again.',
  },
  'proposal.state': {
    title: 'Somebody dealt with it',
    detail:
      'This proposal has changed meanwhile; it was not handled again, no points moved again. Reload and look again.',
  },
  'proposal.changed': {
    title: 'Changed meanwhile',
    detail:
      'It was changed after you looked[ ({count} of them)]; nothing was decided, no points moved. Read what stands there now, then decide.',
  },
  'proposal.none_chosen': {
    title: 'Nothing is chosen',
    detail:
      'Nothing of this batch was left to act on; nothing was done, no points moved. Choose at least one.',
  },
  'proposal.too_many_chosen': {
    title: 'Too many at once',
    detail:
      'At most[ {limit}] can be handled at once[, and you chose {count}]; nothing was done, no points moved. Do it in several goes: tick a few batches, and the others afterwards.',
  },
  'proposal.opening_stands': {
    title: 'It has an opening balance',
    detail:
      'A household has one opening balance, and this one has its own[ (entry {number})]; nothing was posted, no points moved. Send this proposal back, or reverse the earlier entry first.',
  },
  'proposal.not_a_deed': {
    title: 'This cannot be corrected here',
    detail:
      'Reversals and changes of a household are not corrected here, and nothing was changed. Withdraw it and propose it anew, or send it again as it is.',
  },
  'proposal.future_day': {
    title: 'Not on that day',
    detail:
      'The day cannot be after today, nor more than a year ago; nothing was sent, no points moved. Change the day.',
  },
  'proposal.reason_missing': {
    title: 'Say why',
    detail:
      'What is sent back needs a reason; nothing was done, no points moved. Write the reason and send it back again.',
  },
  'proposal.reversal_waiting': {
    title: 'A reversal is waiting',
    detail:
      'Somebody has proposed to reverse this entry[ ({number})] already; nothing was sent, no points moved. Decide on that proposal.',
  },
  'proposal.own_entry': {
    title: 'Not your own entry',
    detail:
      'What you proposed is for somebody else to decide; nothing was posted, no points moved. Leave it to another approver.',
  },
  'proposal.own_household': {
    title: 'Your own family',
    detail:
      'It concerns your own household or declared relatives, so you may not decide; nothing was posted, no points moved. Leave it to another approver.',
  },
  'proposal.not_yours': {
    title: 'Not yours',
    detail: 'Only the person who proposed it can do this; no points moved. Ask that person.',
  },
} satisfies Partial<ErrorSentences>;

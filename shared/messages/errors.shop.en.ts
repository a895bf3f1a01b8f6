import type { ErrorSentences } from './sentence.ts';

/** What happened, whether points moved, what to do: goods, kiosks, hand-overs, photos and phones. */
export const enShop = {
  // The shop
  'picture.not_jpeg': {
    title: 'Not a JPEG photo',
    detail:
      'This file is not a JPEG photo. It was not taken and no points moved. Choose another photo, or go on without one.',
  },
  'picture.broken': {
    title: 'The photo is incomplete',
    detail:
      'This photo is incomplete or damaged. It was not taken and no points moved. Take it again, or go on without one.',
  },
  'picture.too_large': {
    title: 'The photo is too large',
    detail:
      'The photo is too large[: at most {limitKb} KB][ and {limitPx} pixels a side]. It was not taken and no points moved. Make it smaller, or go on without one.',
  },
  'picture.too_many': {
    title: 'Too many photos that are not used',
    detail:
      'You have handed in too many photos that are not used yet[: at most {limit}][ and {limitMb} MB]. This one was not taken and no points moved. Submit the awards or goods you are filling in, or go on without a photo.',
    variants: {
      village:
        'The village has too many photos that are not used yet[: at most {limit}][ and {limitMb} MB]. This one was not taken and no points moved. Submit the awards or goods you are all filling in, or go on without a photo.',
    },
  },
  'picture.not_found': {
    title: 'The photo is not there',
    detail: 'This photo was not found, and nothing was changed. Take it out or add it again, then try again.',
  },
  'goods.not_found': {
    title: 'No such item',
    detail: 'This item was not found; no points were taken. Reload and choose again.',
  },
  'goods.name_taken': {
    title: 'Name taken',
    detail: 'There is an item of this name[ (“{name}”)] already; nothing was saved. Choose another name.',
  },
  'goods.barcode_taken': {
    title: 'Barcode taken',
    detail: 'This barcode belongs to another item[ (“{name}”)]; nothing was saved. Check the barcode.',
  },
  'goods.disabled': {
    title: 'No longer handed out',
    detail:
      'No points were taken: an item[ (“{name}”)] is no longer handed out. Take it out, or choose another.',
  },
  'goods.limit': {
    title: 'Over the monthly limit',
    detail:
      'No points were taken: there is a monthly limit per household[ on “{name}”: {limit}, with {left} left this month]. Take fewer.',
  },
  'goods.price_changed': {
    title: 'The price changed',
    detail:
      'No points were taken: prices have just changed[; the total is now {total:points} points]. Check the new total and confirm.',
  },
  'goods.no_stock': {
    title: 'No stock is kept',
    detail: 'This item[ (“{name}”)] is a service and has no stock; nothing was changed.',
  },
  'goods.has_stock': {
    title: 'Still on the shelf',
    detail:
      'This item[ (“{name}”)] is still on the shelf[ ({left})] and cannot become a service; nothing was saved. Count it down to none first.',
  },
  'kiosk.pairing': {
    title: 'Wrong pairing code',
    detail: 'The pairing code is wrong or has expired; nothing was paired. Get a new one at the office.',
  },
  'kiosk.not_found': {
    title: 'No such kiosk',
    detail: 'This kiosk was not found; nothing was changed. Reload and look again.',
  },
  'kiosk.revoked': {
    title: 'Kiosk locked out',
    detail:
      'This kiosk has been locked out; nothing was done, no points moved. Ask the committee to pair it again.',
  },
  'kiosk.shift_over': {
    title: 'Shift over',
    detail: 'The shift has ended; nothing was done, no points moved. Sign in again with the PIN.',
  },
  'kiosk.looked_often': {
    title: 'Looked up too many',
    detail:
      'Too many households were looked up by number or name; this one was not, and no points moved. Scan a card, or try again[ in {seconds:wait}].',
  },
  'volunteer.not_found': {
    title: 'No such volunteer',
    detail: 'This volunteer was not found; nothing was changed. Reload and look again.',
  },
  'volunteer.name_taken': {
    title: 'Name taken',
    detail: 'There is a volunteer of this name already; nothing was saved. Add something to tell them apart.',
  },
  'redemption.not_found': {
    title: 'No such redemption',
    detail: 'This redemption was not found; no points moved. Reload and look again.',
  },
  'redemption.pin_needed': {
    title: 'The household’s PIN is needed',
    detail:
      'No points were taken: [it has redeemed {before:points} points today, and ][for more than {above:points} points in a day ]the household has to type its PIN. Let them type it, or take something out.',
  },
  'redemption.empty': {
    title: 'Nothing to book',
    detail:
      'No points were taken: nothing in the basket costs points or is counted on the shelf. Take tools to be lent into stock first.',
  },
  'redemption.undo_late': {
    title: 'Too late to undo',
    detail: 'The time for undoing has passed; no points moved. Ask the committee to reverse it.',
  },
  'redemption.undone': {
    title: 'Already undone',
    detail: 'This redemption was undone before; no points moved again.',
  },
  'me.no_pin': {
    title: 'No PIN yet',
    detail:
      'This household has no PIN yet and cannot look in by phone; no points moved. Ask the committee for one.',
  },
  'me.helper': {
    title: 'A helper’s phone only looks',
    detail:
      'This phone helps another household: it can look and change nothing, and no points moved. Do it on the household’s own phone or at the village office.',
  },
  'phone.not_found': {
    title: 'No such phone',
    detail: 'This phone was not found; nothing was changed and no points moved. Reload and look again.',
  },
} satisfies Partial<ErrorSentences>;

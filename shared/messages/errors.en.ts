import { bookFileErrors } from './errors.books.ts';
import { enBackup } from './errors.backup.en.ts';
import { enHouseholds } from './errors.households.en.ts';
import { enPapers } from './errors.papers.en.ts';
import { enShop } from './errors.shop.en.ts';
import type { ErrorSentences } from './sentence.ts';

/** What happened, whether points moved, what to do. What stands in [ ] is left out when its figure is missing. */
export const en: ErrorSentences = {
  // The request itself
  'request.invalid': {
    title: 'Something is not filled in right',
    detail:
      'Some of it is not filled in right; nothing was changed. Correct what is marked and send it again.',
  },
  'request.not_json': {
    title: 'Wrong kind of data',
    detail: 'The server cannot read this kind of data; nothing was changed. Reload the page and try again.',
  },
  'request.too_large': {
    title: 'Too large',
    detail:
      'What was sent is too large[ ({limitKb} KB at most)] and was not taken; nothing was changed. Send less.',
  },
  'request.not_found': {
    title: 'No such address',
    detail: 'There is no such page or interface; nothing was changed. Start again from the front page.',
  },
  'request.method': {
    title: 'Not allowed here',
    detail: 'This interface cannot be used that way; nothing was changed. Reload the page and try again.',
  },
  'request.slow': {
    title: 'The network is too slow',
    detail:
      'The network was too slow for all of it to arrive; nothing was done, no points moved. Try again where the signal is better.',
  },
  'request.too_many': {
    title: 'Too fast',
    detail:
      'Too many requests in a short time; this one was not handled, no points moved. Wait[ {seconds:wait}] and try again.',
  },
  'idempotency.missing': {
    title: 'No operation key',
    detail:
      'The request carried no operation key and was not handled; no points moved. Reload the page and try again.',
  },
  'idempotency.conflict': {
    title: 'Already recorded',
    detail:
      'Nothing was recorded again, and no points moved again. Look at the records first; if it is still needed, fill it in anew.',
  },

  // Who is asking
  'auth.required': {
    title: 'Please log in',
    detail: 'You are not logged in; nothing was changed. Log in and try again.',
  },
  'auth.expired': {
    title: 'Log-in expired',
    detail: 'Your log-in has expired; this was not handled, no points moved. Log in and try again.',
  },
  'auth.wrong': {
    title: 'Not right',
    detail:
      'The name, password or PIN is wrong[; {left} tries left]. Nothing was changed. Check it and try again.',
    variants: {
      account:
        'The account or the password is wrong[; {left} tries left]. Nothing was changed. Check both and try again.',
      password:
        'The present password is wrong[; {left} tries left]. Nothing was changed. Check it and try again.',
      number:
        'The household number or the PIN is wrong[; {left} tries left]. No points moved. Look at the number on the card and try again.',
      card: 'The PIN does not go with this card[; {left} tries left]. No points moved. Try again, or have a new PIN set at the village office.',
      pin: 'The PIN is wrong[; {left} tries left]. No points moved. Try again.',
    },
  },
  'auth.locked': {
    title: 'Locked for now',
    detail:
      'Too many wrong tries: locked for now, no points moved. Try again[ in {seconds:wait}], or ask an administrator for a reset.',
  },
  'auth.forbidden': {
    title: 'Not permitted',
    detail: 'Your role may not do this; nothing was changed. Ask an administrator if you need it.',
  },
  'auth.weak_password': {
    title: 'Password too simple',
    detail:
      'This password is too easy to guess and was not saved. Use at least 10 characters: not the user name, a run of keys or a common password.',
  },
  'auth.session_ended': {
    title: 'Log in again',
    detail: 'This log-in has ended; nothing was changed. Please log in again.',
  },
  'auth.refresh_race': {
    title: 'Try again in a moment',
    detail: 'Another page has just renewed the log-in; nothing was changed. Try again in a second or two.',
  },
  'auth.must_change_password': {
    title: 'Change the password first',
    detail: 'You are using a one-time password: change it to your own before going on. Nothing was changed.',
  },

  // Setting up
  'setup.done': {
    title: 'Already set up',
    detail: 'This system has been set up; nothing was changed. Please log in.',
  },
  'setup.code': {
    title: 'Wrong set-up code',
    detail:
      'Away from the server itself, the code shown at its start is needed; nothing was changed. Check the code, or open the page on the server’s own machine.',
  },

  // The ledger
  'ledger.malformed': {
    title: 'Not a proper entry',
    detail: 'This entry breaks the book’s rules and was not posted; no points moved. Check it and try again.',
  },
  'ledger.unbalanced': {
    title: 'Does not balance',
    detail: 'This entry does not balance and was not posted; no points moved. Check it and try again.',
  },
  'ledger.no_book': {
    title: 'No book',
    detail: 'This village has no book yet; nothing was posted, no points moved. Ask an administrator.',
  },
  'ledger.entry_not_found': {
    title: 'No such entry',
    detail: 'There is no such entry[ ({number})] in the book; no points moved. Check its number.',
  },
  'ledger.already_reversed': {
    title: 'Already reversed',
    detail: 'This entry was reversed before[, by entry {by}]; no points moved again. Look at the journal.',
  },
  'ledger.not_reversible': {
    title: 'Cannot be reversed',
    detail: 'This kind of entry cannot be reversed; no points moved. Make a correcting entry instead.',
  },
  'ledger.hold_not_found': {
    title: 'Nothing on hold',
    detail: 'These points on hold were not found; no points moved. Reload and look again.',
  },
  'ledger.hold_resolved': {
    title: 'Hold already settled',
    detail: 'These points on hold were settled before; no points moved again. Reload and look again.',
  },
  'ledger.hold_exceeded': {
    title: 'More than was held',
    detail: 'More was asked than is on hold; nothing was posted, no points moved. Ask for less.',
  },
  'ledger.points_short': {
    title: 'Not enough points',
    detail:
      'No points were taken: [{missing:points} points are missing. ]Take an item out, or choose another.',
  },
  'ledger.stock_short': {
    title: 'Not enough on the shelf',
    detail:
      'No points were taken: there is not enough[ of “{name}”] on the shelf[ ({balance} there, {missing} missing)]. Take fewer, or choose another.',
  },
  'ledger.floor': {
    title: 'Balance too low',
    detail:
      'Nothing was posted, no points moved: an account would sink under its lowest allowed balance. Use a smaller amount.',
  },
  'ledger.overflow': {
    title: 'Too large a figure',
    detail: 'Nothing was posted, no points moved: the figure is beyond what can be booked. Check the figure.',
  },

  ...bookFileErrors.en,

  // The village
  'notice.days': {
    title: 'These days make no notice',
    detail:
      'The last day of a notice is not before its first[, and it tells of at most {most} days]. Nothing was changed; choose other days.',
  },
  'village.not_found': {
    title: 'No such village',
    detail: 'This village was not found; nothing was changed. Check the address.',
  },

  // Staff
  'staff.not_found': {
    title: 'No such person',
    detail: 'This member of staff was not found; nothing was changed. Reload and look again.',
  },
  'staff.username_taken': {
    title: 'User name taken',
    detail: 'This user name[ (“{username}”)] is taken; nothing was saved. Choose another.',
  },
  'staff.last_admin': {
    title: 'The last administrator',
    detail: 'One administrator has to stay; nothing was saved. Make somebody else an administrator first.',
  },
  'staff.own_households': {
    title: 'Declared households stay',
    detail:
      'Nobody takes a household off the own declaration; nothing was saved. Ask another administrator to do it.',
  },

  // Us
  'server.busy': {
    title: 'Busy',
    detail: 'The system is busy; this was not done, no points moved. Wait a few seconds and try again.',
  },
  'server.unknown_outcome': {
    title: 'Outcome not known yet',
    detail:
      'It is not known yet whether this was done; points may have moved or not. Try the same operation once more: it is never done twice.',
  },
  'server.disk_full': {
    title: 'Disk full',
    detail:
      'The server’s disk is full or refuses to be written[, {freeMb} MB are left][, {needMb} MB must stay free]; nothing was booked, no points moved. An administrator must make room; then try again, no restart is needed.',
    variants: {
      download:
        'The server’s disk has no room for the file you want to download[: {freeMb} MB are left][, and {needMb} MB must stay free for the books]. Nothing was downloaded, nothing was changed. An administrator must make room on the server; then download it again, no restart is needed.',
    },
  },
  'server.read_only': {
    title: 'The database cannot be written',
    detail:
      'The server’s data folder or database can only be read; nothing was booked, no points moved. An administrator must check its permissions; then try again.',
  },
  'server.damaged': {
    title: 'Database file damaged',
    detail:
      'The server found its database file damaged and writes no more; nothing was booked, no points moved. An administrator must restore a backup.',
  },
  'server.clock': {
    title: 'The server’s clock is wrong',
    detail:
      'The server’s clock is wrong[: it says {now}, but the book’s last entry was booked at {last}]. Nothing was booked, no points moved. An administrator must set the clock; then try again.',
  },
  'server.stopping': {
    title: 'Restarting',
    detail: 'The system is restarting; this was not handled, no points moved. Try again in a little while.',
  },
  'server.restoring': {
    title: 'A backup is being restored',
    detail:
      'An administrator is restoring a backup; this was not handled, no points moved. Try again in a few minutes; you may have to log in anew.',
  },
  'server.bug': {
    title: 'An error of ours',
    detail:
      'The system made an error; this was not done, no points moved. Tell an administrator the reference number.',
  },
  ...enBackup,
  ...enHouseholds,
  ...enPapers,
  ...enShop,
};

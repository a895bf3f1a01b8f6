import type { SameKeys } from '../../../i18n/types.ts';
import type menu from '../menu/locales/zh-CN.ts';
import type pages from './zh-CN.ts';

export default {
  shop: {
    title: 'Kiosks and volunteers',
    lead: 'A kiosk is the shop’s tablet or computer; volunteers sign in on it with a PIN.',
    kiosks: 'Kiosks',
    addKiosk: 'Add a kiosk',
    noKiosks: 'There are no kiosks yet',
    noKiosksHint: 'Add one, get a pairing code, type it on the shop’s tablet or computer.',
    kioskName: 'Name',
    kioskNameHint: 'For example: Shop counter 1.',
    firstKiosk: 'Shop kiosk 1',
    nameNeeded: 'Enter a name.',
    lastSeen: 'used {since}',
    neverSeen: 'never used',
    rename: 'Rename',
    state: { waiting: 'waiting to be paired', paired: 'paired', revoked: 'locked out' },
    newCode: 'New code',
    replace: 'Replace device',
    revoke: 'Lock out',
    revoked: 'The kiosk is locked out.',
    askOf: '{what}: {name}',
    ask: {
      create: 'Add a kiosk',
      rename: 'Rename',
      kin: 'Own household and relatives',
      newCode: 'Make a new code',
      revoke: 'Lock the kiosk out',
      newPin: 'New PIN',
      disable: 'Disable volunteer',
      enable: 'Enable volunteer',
    },
    effect: {
      create: 'Give it a name; the pairing code comes next.',
      rename: 'Only what it is called; pairing and records stay.',
      newCode: 'The present device stops at once; the one that types the new code takes its place.',
      revoke: 'This device can no longer serve. For one that is lost or lent; its records stay.',
      volunteer:
        'They get a six-digit PIN. With it an approver confirms them, where they choose one of their own; then they sign in at the kiosk.',
      kin: 'It counts at once, also in a shift under way. After one is taken away, an approver confirms before they serve again. The book of acts says who declared or took back what.',
      newPin:
        'The old PIN stops at once; a new one is shown. They serve again once an approver has confirmed them.',
      disable: 'They can no longer sign in; their records stay.',
      enable: 'They type the PIN they had and a new one before an approver; then they can sign in again.',
    },
    pairTitle: 'Pair: {name}',
    pairByCamera: 'Scan it with the tablet’s camera',
    pairQr: 'QR code to pair {name}',
    pairStepScan: 'Point the tablet’s own camera at it, open the page, press “Pair this one”.',
    pairByTyping: 'Or type it',
    pairByTypingOnly: 'Type it',
    pairOnce: 'It is not shown again once this is closed; take a new code then.',
    pairStepOpen: 'On the shop’s tablet or computer, open:',
    pairStepType: 'Type this pairing code.',
    pairUntil: 'Good until {when}, once.',
    pairedNow: 'Paired: ready to serve',
    volunteers: 'Volunteers',
    addVolunteer: 'Add a volunteer',
    noVolunteers: 'There are no volunteers yet',
    noVolunteersHint:
      'Add one and tell them their PIN. Once an approver has confirmed them they sign in at the kiosk.',
    volunteerName: 'Name',
    formerKiosks: '{n} locked out',
    month: '{n} handed out in thirty days, {points} points | {n} handed out in thirty days, {points} points',
    undone: '{n} undone, {points} points | {n} undone, {points} points',
    unconfirmed:
      'Not confirmed: somebody else may know the PIN, so they neither serve nor vouch; an approver confirms on this page',
    confirm: 'Confirm',
    confirmed: '{name} is confirmed and may serve.',
    confirmLead:
      'Let {name} type here while you look away: the PIN until now (the one that was given out, if it was never changed), and then a new one, twice. The new one is for signing in; with another volunteer {name} may also vouch for households without a card.',
    waiting: 'One more step: the volunteer chooses a PIN',
    waitingHint:
      'Until then somebody else may know the PIN, and nothing is handed out. If they are not here, do it later on the page “Kiosks”.',
    kin: '{n} declared household, served by others | {n} declared households, served by others',
    kinHint: 'When these redeem, this person may not serve them: another volunteer does.',
    former: '{n} who no longer serves | {n} who no longer serve',
    pinOf: '{name}’s PIN',
    setup: {
      volunteer: {
        title: 'Add a shop volunteer',
        why: 'Volunteers sign in at the kiosk, so that it is known who handed out what.',
      },
      kiosk: {
        title: 'Pair the shop’s kiosk',
        why: 'Type the code on the shop’s tablet or computer, and volunteers can serve there.',
      },
      redemption: {
        title: 'The first redemption',
        why: 'A volunteer signs in at the kiosk, scans a card and hands something out.',
      },
    },
    home: { waits: 'volunteer waits for you to confirm | volunteers wait for you to confirm' },
    menu: { name: 'Kiosks' },
  },
} satisfies SameKeys<typeof menu & typeof pages>;

export const station = {
  kiosk: { title: 'Shop desk' },
  bar: {
    onDuty: 'On duty',
    station: 'On duty: {name}, open the menu',
    signOut: 'End shift',
    takeOver: 'Take over',
    offline: 'No network',
    online: 'Network fine',
  },
  signal: {
    card: 'Card read',
    item: 'Added: {label}',
    done: 'Handed out',
    error: 'Not done, see below',
  },
  closed: {
    title: 'The server cannot be reached',
    lead: 'Check the cable or the wireless network. This screen connects by itself as soon as it can. No points were moved.',
    leadOwed:
      'Check the cable or the wireless network. This screen connects by itself as soon as it can. Sent and not answered yet: {n}. Points may have moved or not; it is settled by itself then, and nothing is charged twice.',
  },
  pair: {
    title: 'This device is not paired yet',
    step1: 'Ask the office to open “Kiosks” on its computer.',
    step2: 'Add a kiosk (or take a new code for the old one): an 8-digit code is shown.',
    step3: 'Type the code here within 15 minutes.',
    code: 'Pairing code',
    go: 'Pair',
    linkedTitle: 'Make this the kiosk?',
    linked: 'Compare: does the office’s screen show this pairing code?',
    linkedGo: 'Pair this one',
    linkedNot: 'Not this one, or type a code',
    alreadyTitle: 'This one is paired already',
    already:
      'It was not paired again; nothing was changed. To make it another kiosk, lock the old one out at the office first.',
    alreadyAs:
      'It is “{name}”. It was not paired again; nothing was changed. To make it another kiosk, lock the old one out at the office first.',
    goOn: 'Go on with this one',
    secure: 'Set up https first',
    secureWhy:
      'To scan with the camera, and to open without network, set up https on this device first, then pair it. With a USB scanner it is not needed.',
  },
  signIn: {
    title: 'Who is on duty today?',
    nobody: 'No volunteers yet',
    nobodyLead: 'Ask the office to add volunteers; their names will then appear here.',
    chooseFirst: 'Tap your name first',
    pin: '{name}, type your PIN',
    pinLabel: 'PIN',
    statement: 'Points and statement',
    over: {
      idle: 'Nobody used this for half an hour, so the shift has ended: type the PIN once more to go on.',
      long: 'The shift has ended after twelve hours: type the PIN once more to go on.',
    },
    networkBack: 'The network is back: type the PIN once more to go on with the shift.',
    alone: {
      wrong: 'Wrong PIN; the shift has not begun.',
      wait: 'Too many wrong ones: try again in a quarter of an hour.',
      notKept:
        'This device cannot store anything; the shift has not begun. Restart it; if that does not help, tell the office.',
      unchecked:
        'No network, and this device holds no copy of the village: it cannot check a PIN. Please wait for the network.',
    },
    statementLead: 'Without a phone: scan a card, or type number and PIN. Just scanning a card works too.',
  },
  lock: {
    go: 'Lock',
    title: 'The screen is locked',
    lead: '{name} is on duty. The PIN opens it; whoever takes over taps their name first.',
    leadAlone: '{name} is on duty. The PIN opens it.',
    pin: '{name}: PIN to open',
    other: '{name}: PIN to take over',
    otherLead: 'This ends the shift of {onDuty}.',
  },
  aside: {
    title: 'The shop desk is open in another window',
    lead: 'One window for one device, so that two baskets do not mix. Nothing was done here, no points were moved. Go back to that window; if you cannot find it, press the button to go on here.',
    takeOver: 'Go on here',
  },
  idle: {
    lead: 'Still there?',
    left: 'This household is put away in {seconds} s',
    stay: 'Still here',
  },
};

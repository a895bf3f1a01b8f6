export const station = {
  kiosk: { title: 'Shop desk', unpaired: 'This device is not paired yet' },
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
  idle: {
    lead: 'Still there?',
    left: 'This household is put away in {seconds} s',
    stay: 'Still here',
  },
};

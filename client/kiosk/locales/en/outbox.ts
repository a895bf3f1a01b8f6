export const outbox = {
  strip: {
    offline: {
      yes: 'No network, serving as usual',
      plain: 'No network, nothing is handed out',
      off: 'No network, nothing is handed out',
    },
    blocked: 'Cannot be sent',
    moved: 'The server has a new address',
    gone: 'This kiosk has moved to a new address',
    sending: 'The network is back, sending',
    held: 'Arrived, not booked yet',
    waiting: '{n} hand-over to send | {n} hand-overs to send',
    waitingShifts: 'Records of shifts to send',
    oldest: 'the oldest {since}',
    told: '{n} hand-over without network is booked | All {n} hand-overs without network are booked',
    toldMarked:
      '{n} hand-over without network is booked; to be looked at: {marked} | {n} hand-overs without network are booked; to be looked at: {marked}',
    toldRefused: 'Hand-overs without network that were not booked: {refused}',
    clockSlow: 'The clock of this device is {span} slow',
    clockFast: 'The clock of this device is {span} fast',
    span: { minutes: '{n} minute | {n} minutes', hours: '{n} hour | {n} hours', days: '{n} day | {n} days' },
    open: 'Open: {words}',
    close: 'Close',
    why: {
      yes: 'The things are handed out, and slips print as usual. Everything is sent by itself when the network is back.',
      plain:
        'This page was opened by plain http, so the device cannot sign: without network nothing is handed out. With the secure connection (https) set up, it goes on without network too.',
      off: 'The village has not set how many points a household may spend in a day without network, so nothing is handed out now. An administrator can set it in the office.',
      offWaiting:
        'These were sent before the network went and are not answered yet. They are sent by themselves when it is back.',
      blocked:
        '{detail} All of these stay on this device; none is lost. Tell an administrator. If it is urgent, save the records to a file and take them in at the office.',
      sending: 'They are being sent one after the other. There is nothing to do.',
      held: 'The server has them and cannot book them yet; it is asked again each minute. All of these stay on this device; none is lost.',
    },
    kind: {
      handOver: 'Household {number}',
      undo: 'Household {number} · undone',
      return: 'Household {number} · return',
      shiftBegun: 'Shift begun',
      shiftEnded: 'Shift ended',
      other: 'A record',
    },
    givenUp: 'not done',
    tag: {
      waiting: 'waiting',
      sending: 'sending',
      held: 'waiting',
      booked: 'booked',
      marked: 'to look at',
      refused: 'not booked',
    },
    more: 'and {n} older one | and {n} older ones',
    seen: 'OK',
    toldLead: {
      booked: 'All is in the book. There is nothing to do.',
      marked: 'All is in the book. Keep the slips of those marked “to look at”: the village compares them.',
      refused:
        'What is marked “not booked” moved no points and is not in the book. If the things were handed out, keep the slip and tell an administrator.',
    },
    noReason: 'no reason was given',
    clockLead:
      'It is {server} on the server and {device} here. Set the time in the settings of the system, with the time zone of Beijing. Serving goes on; the book goes by the server’s clock.',
  },
  device: {
    title: 'This device',
    keeps: 'Records without network',
    keepsYes: 'The browser promises to keep them',
    keepsNo: 'The browser has not promised to keep them',
    keepsUnknown: 'This browser cannot be asked',
    keepsYesLead: 'If the device is full, other things go first, not these.',
    keepsNoLead:
      'If the device is full, the browser may clear what is not sent yet. Keep no large files here, and let it send whenever there is a network.',
    key: 'This device’s key',
    keyLead: 'The office compares these six letters before it confirms the device.',
    room: '{used} used, about {left} left',
    rows: '{n} on this device, not sent yet: {waiting}',
    noRows: 'There are none on this device',
    save: 'Save the records to a file',
    saveLead:
      'If the device breaks or cannot send, take the file in at the office, under “Handed out without network”. One is saved at the end of each shift. However often it is taken in, each is booked once.',
    saved: 'Saved: {name}',
    clock: 'Clock',
    clockRight: 'As the server’s',
    clockUnknown: 'Not compared with the server yet',
  },
  move: {
    title: 'The server has a new address',
    secureTitle: 'A secure connection is ready',
    lead: 'The new address is {address}. The pairing and the records of this device ({n}) go along, and it serves there from then on. Press “Take” on the page that opens.',
    go: 'Take them to the new address',
    stay: 'Stay here',
    waiting: 'The new address is open in another window. Press “Take” there.',
    failed:
      'It did not work, and nothing has changed here. See whether the new address opens; if not, save the records to a file and take it in at the office.',
    goneLead:
      'The pairing and the records are at {address}. Serve there. A copy of the records stays here; each is booked once.',
    open: 'Go to the new address',
  },
  arrive: {
    title: 'Moving from the old address',
    looking: 'Waiting for the page at the old address…',
    ask: 'Move “{kiosk}” here?',
    lead: 'A kiosk of {village} comes from {from} and brings {n} record. It serves at this address from then on, and the page at the old one is not used any more. | A kiosk of {village} comes from {from} and brings {n} records. It serves at this address from then on, and the page at the old one is not used any more.',
    take: 'Take',
    taken: 'Everything is here',
    takenLead:
      'The pairing and {n} record are here. The volunteer signs in again. | The pairing and {n} records are here. The volunteer signs in again.',
    goOn: 'Begin',
    refused: {
      stranger: 'That page is not at an address of this village’s server. Nothing was taken.',
      unpaired:
        'Its pairing counts no more here. Nothing was taken. Save the records to a file at the old address, and pair the device anew at the office.',
      other: 'This is another kiosk already. Nothing was taken. Open the new address on another device.',
      unreachable:
        'The server cannot be reached. Nothing was taken. Look at the network, then press “Take them to the new address” at the old one again.',
      unkept:
        'This device could not store everything, and the page at the old address is as it was. See whether it is full, then try again.',
      alone: 'Go back to the page at the old address and press “Take them to the new address” there.',
    },
    back: 'To the kiosk at this address',
  },
} as const;

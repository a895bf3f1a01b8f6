export const sending = {
  checking: {
    title: 'Finding out about this one',
    undoTitle: 'Finding out about the undo',
    what: 'Household {number} · {points} point · sent {when} | Household {number} · {points} points · sent {when}',
    whatUndo:
      'Household {number} · {points} point back · sent {when} | Household {number} · {points} points back · sent {when}',
    unknown:
      'It is not known whether it was booked: points may have moved or not. The question is repeated until it is clear; nothing is booked twice. Please do not hand anything out yet.',
    unknownUndo:
      'It is not known whether it was undone: points may have come back or not. The question is repeated until it is clear; nothing is returned twice.',
    offline:
      'The network is gone. This is settled by itself as soon as it is back; it is kept, even when this device is switched off.',
    askNow: 'Ask now',
    handOutHere: 'Hand out, record here',
    takeBackHere: 'Taken back, record here',
    giveUp: 'Nothing handed out, leave it',
    giveUpLead:
      'The basket stays. If it was booked after all, the office sees it and returns the points to the household.',
    giveUpUndo: 'Do not undo',
    giveUpUndoLead: 'The goods stay with the household. If it was undone after all, the office sees it.',
  },
  done: {
    title: 'Done',
    lead: 'The points are booked; the goods can be handed over.',
    hereTitle: 'Recorded on this device',
    hereLead:
      'No answer from the server: this is kept on this device (its no. {n}), and the goods can be handed over. It is booked by itself when the network is back.',
    number: 'No. {number}',
    pieces: '{n} {unit}',
    used: 'Points used',
    balance: 'Balance now',
    print: 'Print slip',
    printed:
      'If nothing came out, no harm: the points are booked. Press again, or reprint it from “The last 50”.',
    next: 'Next',
    undoneTitle: 'Undone',
    undoneLead: 'The points are back. Please put the goods back on the shelf.',
    undoneHereTitle: 'Undo recorded on this device',
    undoneHereLead:
      'No answer from the server: the undo is kept on this device (its no. {n}), and the points go back by themselves later. Please put the goods back on the shelf.',
    returned: 'Points returned',
  },
  undo: {
    last: 'Last: {n} item, {points} pts | Last: {n} items, {points} pts',
    left: '{n} min left',
    leftLittle: 'under a minute',
    onDone: 'A mistake can be undone until the next household’s goods are booked: {left}.',
    ask: 'Undo it',
    askLast: 'Undo the last',
    title: 'Undo the last one?',
    lead: '{n} item goes back on the shelf, {points} pts go back to the household. | {n} items go back on the shelf, {points} pts go back to the household.',
    keep: 'Keep it',
    go: 'Undo, return points',
  },
};

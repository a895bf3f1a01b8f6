export const notices = {
  notice: {
    close: 'OK',
    scanCardFirst: {
      title: 'Scan a card first',
      detail: 'An item was scanned ({name}), but no card yet. No points were moved. Card first, then goods.',
    },
    doneAlready: {
      title: 'The last one is finished',
      detail: '{name} was not added, no points were moved. For more, scan the card again.',
    },
    unknownGoods: {
      title: 'No such item',
      detail: 'Barcode {code} is not known; no points were moved. Find it by name, or tell the office.',
    },
    shelfNotRead: {
      title: 'The goods are still loading',
      detail: 'Barcode {code} was not added, no points were moved. Wait a moment, then scan it again.',
    },
    misread: {
      title: 'Not read properly',
      detail: 'A digit of {code} is wrong. Nothing was done, no points were moved. Please scan again.',
    },
    foreign: {
      title: 'Not one of ours',
      detail: 'Nothing was done, no points were moved. Scan a household card, or a package.',
    },
    busy: {
      title: 'The last one is still being booked',
      detail:
        'This scan did not count and moved no points. Wait until the screen says it is done, then scan.',
    },
    signInFirst: {
      title: 'Sign in first',
      detail: 'This scan did not count, no points were moved. Tap your name, type your PIN, then scan.',
    },
    shiftOver: {
      title: 'The shift has ended',
      detail:
        'This scan did not count, no points were moved. Type the PIN once more to go on; a basket that was not finished comes back with its card.',
    },
    soldOut: {
      title: 'Sold out: {name}',
      detail: 'Not added, no points were moved. If you see some, tell the office.',
    },
    limit: {
      title: 'Month’s limit reached: {name}',
      detail: '{limit} a household; not added, no points were moved. Choose something else.',
    },
    pointsShort: {
      title: 'Not enough points: {name}',
      detail: '{missing} short; not added, no points were moved. Take something out first.',
    },
    basketDropped: {
      title: 'Another household',
      detail: 'The previous basket was not handed out and is emptied; no points were moved.',
    },
    refusedBefore: {
      title: 'The previous basket was refused: {title}.',
      detail: '{detail}',
    },
    parked: {
      title: 'The basket waits',
      detail:
        'Nothing was handed out, no points moved. The card of this household, or its number here, brings the basket back; after half an hour it ends.',
    },
    parkedFull: {
      title: 'No room for another basket',
      detail:
        'At most {n} wait. This one stays here, no points moved. Finish one of them first, or change the household.',
    },
    parkedEnded: {
      title: 'A waiting basket has ended',
      detail:
        'Household {numbers}: nobody came back for half an hour, so the basket was emptied; no points moved. Put the goods back on the shelf.',
    },
    basketBack: {
      title: 'The basket is still here',
      detail: 'It was not handed out, no points were moved. Check it, then confirm.',
    },
    basketWaits: {
      title: 'The previous basket is kept',
      detail:
        'It was not handed out, no points were moved. Scan that household’s card again and it comes back; another card empties it.',
    },
    basketKept: {
      title: 'The previous basket is kept.',
      detail: 'Nothing was deducted: that household’s card brings it back.',
    },
    confirmAgain: {
      title: 'Please confirm once more.',
      detail:
        'The network is slow: this household was looked up at the server again. Nothing is booked, nothing deducted; the basket stays.',
    },
    aheadLost: {
      title: '{n} item was not added. | {n} items were not added.',
      detail:
        'What was scanned before the card was found does not count, no points were moved. Scan it again once the household is on the screen.',
    },
    goodsGone: {
      title: 'No longer handed out: {names}',
      detail:
        'The shelf does not have it any more. It is not in the basket, no points were moved. Look at the basket before you confirm.',
    },
    goodsGoneUnnamed: {
      title: '{n} kind of goods is no longer handed out | {n} kinds of goods are no longer handed out',
      detail:
        'The shelf does not have them any more. They are not in the basket, no points were moved. Look at the basket before you confirm.',
    },
    notKept: {
      title: 'Not recorded: do not hand anything out yet',
      detail:
        'This device could not store the basket. It was not sent, no points were moved, and the basket is still here. Press “Hand out” again; if that does not help, the office should see whether this device is full.',
    },
    notKeptUndo: {
      title: 'Not recorded: do not take anything back yet',
      detail:
        'This device could not store it. Nothing was undone, no points were moved. Undo again; if that does not help, the office should see whether this device is full.',
    },
    shiftNotKept: {
      title: 'Not recorded: the shift goes on',
      detail:
        'This device could not store the end of the shift; no points were moved, and what was counted is still here. End it again; if that does not help, the office should see whether this device is full.',
    },
    damagedRow: {
      title: 'A record on this device can no longer be read',
      detail:
        'It may have been sent, and it is not known whether it was booked. Look at “The last 50” first: if it is there, do not hand it out again; if it is not, begin anew. Press OK when you have looked.',
    },
    diskUnreadable: {
      title: 'This device cannot store anything',
      detail:
        'Earlier records cannot be read, and new ones may not be stored. If something was under way before the power went or the page was reloaded, it is not known whether it was booked: look at “The last 50” first, and do not hand it out again if it is there. Restart this device once; if that does not help, tell the office. Press OK when you have looked.',
    },
    offline: {
      title: 'There was no network, nothing deducted',
      detail:
        'This basket has not been sent, no points were moved. It is kept: press “Hand out” again when the network is back.',
    },
    offlineUndo: {
      title: 'There was no network, nothing undone',
      detail: 'It has not been sent, no points were moved. Press undo again when the network is back.',
    },
    needsNetwork: {
      title: '{name} needs the network',
      detail:
        'It was not added; no points were moved. Without network there is an amount for a household and day, and one for this device.',
    },
    cardNeeded: {
      title: 'Without network the card is needed',
      detail:
        'Nothing deducted; the basket stays. A PIN cannot be checked without network: please scan the household’s card, or wait for the network.',
    },
    ownHousehold: {
      title: 'Your own or a relative’s household',
      detail: 'Nothing deducted; the basket stays. Another volunteer has to hand it out.',
    },
    ownHouseholdAsked: {
      title: 'Your own or a relative’s household: only the server can answer',
      detail:
        'It is not known whether it was booked; please do not hand anything out yet. If nothing was given, give it up below and have another volunteer hand it out.',
    },
    secondNeedsNetwork: {
      title: 'The card is new: this needs the network',
      detail:
        'Nothing deducted; the basket stays. For 24 hours after a new card another volunteer’s PIN is needed, which cannot be checked without network.',
    },
    balanceShort: {
      title: 'Not enough points for this basket',
      detail:
        'Nothing deducted; the basket stays. By the balance that this device knows it is too much: please take some items out.',
    },
    basketFull: {
      title: 'At most {n} kinds in a basket',
      detail: 'It was not added; no points were moved. Please finish this basket first.',
    },
    notNoted: {
      title: 'It could not be noted; asking on',
      detail:
        'This one is kept on this device and is being asked about; nothing is booked twice. Please do not hand anything out yet.',
    },
    undoneHere: {
      title: 'The undo is recorded on this device',
      detail:
        'The points go back when the network is back; put the goods back on the shelf. This household is not affected.',
    },
    overWithoutNetwork: {
      title: 'Too much without network',
      detail:
        'Nothing deducted; the basket stays. Without network {left} point is left: take some items out, or wait for the network. | Nothing deducted; the basket stays. Without network {left} points are left: take some items out, or wait for the network.',
    },
    recordedHere: {
      title: 'It is recorded on this device',
      detail: 'The goods were handed over; it is booked by itself when the network is back.',
    },
    bookedBefore: {
      title: 'Household {number}: that one is booked',
      detail: 'The points are deducted and the goods may go. This question is about another one.',
    },
    undone: {
      title: 'The last one is undone',
      detail: 'The points are back; put the goods back on the shelf. This household is not affected.',
    },
    timeUp: {
      title: 'Put away after a minute without a touch',
      detail:
        'The basket was not confirmed and has been emptied; no points were moved. To go on, scan the card and the goods again.',
    },
    printFailed: {
      title: 'Printing did not work',
      detail:
        'Points and goods are booked and not affected. Check the printer and print again, or reprint it from “The last 50”.',
    },
    practiceCard: {
      title: 'This is practice',
      detail:
        'That is a household’s real card; nothing was done, no points were moved. Tap a practice card, or end the practice.',
    },
    practiceNotNow: {
      title: 'No practice just now',
      detail:
        'A basket was not handed out yet, or something sent is not settled; no points were moved. Finish it first.',
    },
    cameraNotLoaded: {
      title: 'No network, the camera cannot be opened',
      detail:
        'Nothing was done, no points were moved. Try again when the network is back, use a scanner, or type the number.',
    },
  },
};

import type { SameKeys } from '../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  kiosk: { title: 'Shop desk' },
  bar: {
    onDuty: 'On duty',
    station: 'On duty: {name}. Figures, sound and printing',
    signOut: 'End shift',
    offline: 'No network',
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
    step1: 'Ask the office to open “Kiosks, volunteers” on its computer.',
    step2: 'Add a kiosk (or take a new code for the old one): an 8-digit code is shown.',
    step3: 'Type the code here within 15 minutes.',
    code: 'Pairing code',
    go: 'Pair',
  },
  signIn: {
    title: 'Who is on duty today?',
    nobody: 'No volunteers yet',
    nobodyLead: 'Ask the office to add volunteers; their names will then appear here.',
    chooseFirst: 'Tap your name first',
    pin: '{name}, type your PIN',
    pinLabel: 'PIN',
    statement: 'Points and statement',
    statementLead: 'Without a phone: scan a card, or type number and PIN. Just scanning a card works too.',
  },
  wait: {
    title: 'Scan a card',
    lead: 'Scan the barcode on the household’s card, or type the household number on the right.',
    offline:
      'No network: balances cannot be looked up. This works again as soon as the network does; no points were moved.',
    looking: 'Looking up…',
    camera: 'Use the camera',
    byName: 'Find by name',
    statement: 'Statement',
    history: 'The last 50',
    number: 'Household number',
    numberHint: 'as printed on the card',
    find: 'Find',
  },
  basket: {
    label: 'Household and basket',
    where: '{group} · No. {number}',
    leave: 'Change',
    balance: 'Balance',
    statement: 'Statement of this household',
    empty: 'Scan an item, or tap one on the right',
    sum: '{points} points',
    more: '{n} more allowed',
    less: 'One less: {name}',
    oneMore: 'One more: {name}',
    remove: 'Take out: {name}',
    pieces: '{n} {unit}',
    total: 'Total',
    left: 'Left after',
    confirm: 'Hand out · {points} pts',
    sending: 'Booking…',
  },
  shelf: {
    label: 'Goods',
    search: 'Find an item',
    clear: 'Clear',
    camera: 'Camera',
    categories: 'Categories',
    all: 'All',
    within: 'Within reach: {n}',
    beyond: 'Points short or sold out: {n}',
    noMatch: 'Nothing found',
    noMatchLead: 'Try another word, or browse “All”.',
    price: '{points} pts',
    stock: '{n} left',
    soldOut: 'Sold out',
    limitReached: 'Month’s limit reached',
    short: '{points} points short',
    inBasket: '{n} in the basket',
  },
  checking: {
    title: 'Finding out about this one',
    undoTitle: 'Finding out about the undo',
    what: 'Household {number} · {points} points · sent {when}',
    whatUndo: 'Household {number} · {points} points back · sent {when}',
    unknown:
      'It is not known whether it was booked: points may have moved or not. The question is repeated until it is clear; nothing is booked twice. Please do not hand anything out yet.',
    unknownUndo:
      'It is not known whether it was undone: points may have come back or not. The question is repeated until it is clear; nothing is returned twice.',
    notMoved: 'The system is busy. Nothing has been booked, no points were moved. Trying again by itself.',
    offline:
      'The network is gone. This is settled by itself as soon as it is back; the basket is kept, even when switched off.',
    attempts: 'Attempt {n}',
    askNow: 'Ask now',
    giveUp: 'Leave it, back to the basket',
    giveUpUndo: 'Leave it, no undo',
  },
  done: {
    title: 'Done',
    lead: 'The points are booked; the goods can be handed over.',
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
    returned: 'Points returned',
  },
  undo: {
    last: 'Last: {n} item, {points} points | Last: {n} items, {points} points',
    left: 'can be undone for another {n} min',
    ask: 'Undo it',
    askLast: 'Undo the last',
    title: 'Undo the last one?',
    lead: '{pieces} items go back on the shelf, {points} points go back to the household.',
    keep: 'Keep it',
    go: 'Undo, return points',
  },
  aside: {
    title: 'The shop desk is open in another window',
    lead: 'One window for one device, so that two baskets do not mix. Nothing was done here, no points were moved. Go back to that window; if you cannot find it, press the button to go on here.',
    takeOver: 'Go on here',
  },
  pin: {
    title: 'The household types its PIN',
    lead: 'This basket costs {points} pts, over {above}: the PIN of the household is needed. Nothing has been deducted.',
    leadToday:
      'This household redeemed {before} pts today; with this basket of {points} it is over {above} in a day: its PIN is needed. Nothing has been deducted.',
    label: 'PIN of this household',
    away: 'Volunteer, please look away. With the sixth digit the basket is handed out.',
    none: 'This household has no PIN yet',
    noneLead:
      'Nothing was deducted. Its head can get a PIN at the office; today, take something out and hand out less.',
    wait: 'Too many wrong ones, please wait',
    waitLead:
      'Nothing was deducted. Try again in {seconds} s; the office can give a new PIN, or take something out.',
  },
  find: {
    title: 'Find by name',
    label: 'Name of the head, or initials in pinyin',
    hint: 'for example WXM',
    letters: 'Letters',
    clear: 'Clear',
    lead: 'Type a surname, a name, or two initials and more. Names are masked for privacy: go by group and number.',
    nobody: 'Nobody found. Try another character, or one more initial; no points were moved.',
    more: 'There are others: type one more character.',
  },
  statement: {
    title: 'See points, print statement',
    byCard: 'With the card: hold it to the scanner',
    byNumber: 'Without: type the number on the right, then the PIN',
    goOn: 'Go on',
    pin: 'No. {number}: type the PIN',
    otherNumber: 'Another number',
    balance: 'Balance',
    held: 'Another {points} points are set aside for reservations',
    lines: 'The last ten',
    none: 'Nothing yet.',
    reversed: '(taken back later)',
    after: '{points} left',
    print: 'Print statement',
    printed: 'If nothing came out, press again; points are not affected.',
    close: 'Done reading',
  },
  entry: {
    opening: 'Opening balance',
    award: 'Award',
    deduction: 'Deduction',
    hold: 'Held',
    release: 'Released',
    redemption: 'Redeemed',
    stock_in: 'Stock in',
    stocktake: 'Stocktake',
    reversal: 'Taken back',
    transfer: 'Between households',
    closing: 'Account closed',
  },
  history: {
    title: 'The last 50',
    lead: 'A slip that was lost or did not come out is printed again here, and says that it is a reprint.',
    none: 'Nothing handed out on this device yet',
    noneLead: 'What is handed out will be listed here.',
    undone: 'undone',
    reprint: 'Reprint',
    reprintOf: 'Reprint entry {number}',
  },
  station: {
    title: 'This shift and this device',
    since: 'Since',
    shift: 'This shift',
    today: 'All of mine today',
    figures: '{n} done · {points} pts',
    volume: 'Volume',
    loudness: { silent: 'Silent', low: 'Low', middle: 'Middle', loud: 'Loud' },
    test: 'Try the three sounds',
    sound: { card: 'Card read', item: 'Item added', error: 'Not done' },
    paper: 'Paper roll',
    millimetres: '{width} mm',
  },
  speak: {
    button: 'Read the balance aloud',
    balance: 'Balance: {points} points',
  },
  idle: {
    lead: 'Still there?',
    left: 'This household is put away in {seconds} s',
    stay: 'Still here',
  },
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
      detail:
        'Nothing on the shelf has barcode {code}. Not added, no points were moved. Find it by name on the right, or tell the office.',
    },
    misread: {
      title: 'Not read properly',
      detail:
        'Read {code}, in which a digit is wrong. Nothing was done, no points were moved. Please scan again.',
    },
    foreign: {
      title: 'Not one of our cards or goods',
      detail: 'Nothing was done, no points were moved. Scan a household card or the barcode on a package.',
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
    soldOut: {
      title: 'Sold out: {name}',
      detail:
        'Not added, no points were moved. If there are some on the shelf, tell the office to count them.',
    },
    limit: {
      title: 'Month’s limit reached: {name}',
      detail: '{limit} per household and month. Not added, no points were moved. Choose something else.',
    },
    pointsShort: {
      title: 'Not enough points: {name}',
      detail:
        '{missing} points short. Not added, no points were moved. Take something out, or choose something else.',
    },
    basketDropped: {
      title: 'Another household',
      detail:
        'The basket before was not confirmed and has been emptied; that household’s points were not moved.',
    },
    basketBack: {
      title: 'The basket is still here',
      detail: 'It was not confirmed, no points were moved. Check it, then confirm.',
    },
    basketWaits: {
      title: 'The basket from before is kept',
      detail:
        'It was not confirmed, no points were moved. Scan that household’s card again and it comes back; another card empties it.',
    },
    basketKept: {
      title: 'The basket before is kept.',
      detail: 'Nothing was deducted: that household’s card brings it back.',
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
      title: 'This device could not store the basket, nothing deducted',
      detail:
        'It was not sent, no points were moved, and the basket is still here. Press “Hand out” again; if that does not help, the office should see whether this device is full.',
    },
    notKeptUndo: {
      title: 'This device could not store it, nothing undone',
      detail:
        'It was not sent, no points were moved. Undo again; if that does not help, the office should see whether this device is full.',
    },
    damagedRow: {
      title: 'A record on this device can no longer be read',
      detail:
        'It may have been sent, and it is not known whether it was booked. Look at “The last 50” first: if it is there, do not hand it out again; if it is not, begin anew. Press OK when you have looked.',
    },
    offline: {
      title: 'No network, nothing deducted',
      detail:
        'This basket has not been sent, no points were moved. It is kept: press “Hand out” again when the network is back.',
    },
    offlineUndo: {
      title: 'No network, nothing undone',
      detail: 'It has not been sent, no points were moved. Press undo again when the network is back.',
    },
    alreadyBooked: {
      title: 'This basket was booked before',
      detail: 'It was not booked again. See the last redemption: if the goods were not handed over, undo it.',
    },
    undone: {
      title: 'The last one is undone',
      detail: 'The points are back; put the goods back on the shelf. The household here now is not affected.',
    },
    timeUp: {
      title: 'Put away after a minute without a touch',
      detail: 'The basket was not confirmed, no points were moved. Scan the card again to go on.',
    },
    printFailed: {
      title: 'Printing did not work',
      detail:
        'Points and goods are booked and not affected. Check the printer and print again, or reprint it from “The last 50”.',
    },
    cameraNotLoaded: {
      title: 'No network, the camera cannot be opened',
      detail:
        'Nothing was done, no points were moved. Try again when the network is back, use a scanner, or type the number.',
    },
  },
  slip: {
    title: 'Shop slip',
    statement: 'Statement of points',
    reprint: 'Reprint',
    undone: 'This one was undone',
    left: 'left {points}',
    household: 'No. {number}  {head}',
    total: 'Points',
    balance: 'Balance',
    by: 'By {volunteer} · entry {number}',
    keep: 'Please check; ask the office if in doubt.',
  },
} satisfies SameKeys<typeof chinese>;

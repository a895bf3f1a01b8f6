import type { SameKeys } from '../../../i18n/types.ts';
import type menu from '../menu/locales/zh-CN.ts';
import type pages from './zh-CN.ts';

export default {
  village: {
    title: 'Village settings',
    lead: 'Changes count once they are saved; what makes a rule less strict, once an approver has agreed. Under each stands what it does.',
    nameHint: 'Appears on passbooks, cards and the notice board.',
    townHint: 'Stands at the head of notices, passbooks and log-in slips.',
    points: 'Points',
    pointValue: 'What one point is worth',
    pointValueHint:
      'Says how far the shelf reaches: what the points are worth against the stock. Prices in points do not change.',
    belowZero: 'A deduction may go below zero',
    belowZeroHint:
      'Otherwise it takes what is there, and the entry says what it could not take. A redemption never goes below zero.',
    board: 'Notice board',
    shopHours: 'Shop hours',
    shopHoursHint: 'Shown on the board, for example: Wed and Sat, 8:00–11:00.',
    shopPhone: 'Shop telephone',
    shopPhoneHint: 'Printed on cards, for example: 0391-000 0000.',
    shopPlace: 'Where the shop is',
    shopPlaceHint: 'Printed on cards, for example: east room of the village office.',
    boardPreview: 'The board will say: {hours}',
    boardNone: 'Left empty, boards and notices say nothing of hours.',
    coverNow: 'The shelf could honour {now} of the points; with this figure {then}.',
    coverSame: 'The shelf could honour {now} of the points.',
    belowZeroMost: 'How far below zero at most',
    belowZeroMostHint: 'Left empty: as far as deductions go.',
    belowZeroUpTo:
      'Example: with at most {most} points owed, a deduction ends at {points}; what was not taken stands in the entry.',
    belowZeroYes: 'Example: 3 points less 5 become −2; later awards make it good first.',
    belowZeroNo: 'Example: taking 5 from 3 points takes 3; that 2 were not taken stands in the entry.',
    steps: {
      title: 'The steps of an award',
      phones: 'Households report by phone',
      phonesHint:
        'A good deed of their own, or who helped them: households report it on their phones. Otherwise phones do not offer it; what was reported already is checked all the same.',
      leaders: 'Group leaders do the first check, too',
      leadersHint:
        'Otherwise the committee alone checks, and group leaders only read. Whoever takes a report up is its proposer, and somebody else approves it. Letting group leaders check again needs a second person.',
      now: 'As set here: {steps}',
      arrow: ' → ',
      report: 'a household reports',
      check: 'the committee checks',
      checkBoth: 'a group leader or the committee checks',
      propose: 'the committee proposes',
      approve: 'another person approves',
      notice: '{n} days on notice',
      posted: 'posted',
    },
    notice: 'Notice of awards',
    noticeDays: 'Days on notice before an award is posted',
    noticeHint:
      'Once approved, awards go on a notice that is put up; those not taken off it are posted by themselves when it has hung for so many whole days. Fewer days, or none, need a second person.',
    noticeNone: 'None: posted when approved',
    noticeChoice: '{n} days',
    objectionDays: 'Days within which an objection is answered',
    objectionHint: 'From the day after it came; the home page reminds of it. More days need a second person.',
    answerDays: 'Days that a household has to answer a deduction',
    answerHint:
      'From the day after it was told; without an explanation it is posted by itself afterwards. Fewer days need a second person.',
    counter: 'Kiosk',
    askPin: 'Ask for the household’s PIN on large redemptions',
    askPinHint:
      'So that nobody redeems with somebody else’s card. A household without a PIN gets one under “Households”.',
    pinAbove: 'Ask above how many points in a day',
    pinAboveHint: 'All baskets of a household on one day count together. With 0 it is asked every time.',
    pinShare:
      'Over the last year {percent} of the days of redeeming needed no PIN (a household on a day is one; {n} in all).',
    vouched: 'The most a household without card and PIN redeems in a month',
    vouchedHint: 'Two confirmed volunteers vouch for it, each with their own PIN. With 0 nobody does.',
    offline: {
      title: 'Without network',
      on: 'Hand out without network, too',
      onHint:
        'Only kiosks that are opened by https and that the desk has confirmed. Goods are given first; it is booked when the network is back, and two people look at it with the slips. Switching this on, or loosening it, takes a second person.',
      off: 'Nothing is handed out without network: households wait until it is back.',
      household: 'Without network, the most for a household and day',
      householdHint: 'Only the card is asked for, no PIN. Above this the network is needed.',
      kiosk: 'Without network, the most for a kiosk altogether',
      kioskHint:
        'Counted from when the network went, all households together. Then the kiosk waits for the network.',
      copyDays: 'After how many days without network nothing is handed out',
      copyDaysHint: 'What a kiosk keeps of households and goods grows old without network. 1 to 30.',
      days: 'days',
      worst: 'The worst case',
      unseen:
        '{n} kiosk can hand out without network: until it is back, at most {points} points ({yuan}) may go out that the books do not show. | {n} kiosks can hand out without network: until it is back, at most {points} points ({yuan}) may go out that the books do not show.',
      unseenNone:
        'No kiosk can hand out without network yet. With one: until the network is back, at most {points} points ({yuan}) may go out that the books do not show.',
      card: 'One card gets at most {points} points in {days} days: a kiosk without network does not hear that it was lost or revoked.',
      seen: 'Everything that was handed out is listed under “Handed out without network” until two people have looked at it.',
    },
    shelf: 'Deliveries',
    delivery: 'A second person agrees to what comes in on a day above this',
    deliveryHint:
      'All goods of the day together: deliveries, first stock, papers, and what a count finds more. Without a cost, or with a low one, they count at their usual cost or their price in points; what a second person agreed to does not count. With 0 each delivery needs one.',
    days: 'Days',
    zone: 'Time zone',
    zoneHint: '“Today” begins at midnight there, for entries from now on. It is {now} now.',
    zones: { shanghai: 'China time (Beijing)', urumqi: 'Xinjiang time (Urumqi)', other: '{zone}' },
    undo: 'Undo the changes',
    changed: '{n} change not saved yet | {n} changes not saved yet',
    wrong: {
      shopPhone: 'Digits, spaces and hyphens, 5 to 20 of them.',
      belowZeroMost: 'Enter a number of points, or nothing.',
      pinAbove: 'Enter 0 or a number of points.',
      vouched: 'Enter 0 or a number of points.',
      delivery: 'Enter 0 or an amount.',
      budget: 'Enter a number of points, 1 at least.',
      budgetHeads: 'Enter 0 or a number of points for each, together no more than the whole.',
      offlineHousehold: 'Enter 0 or a number of points.',
      offlineKiosk: 'Enter 0 or a number of points.',
      copyDays: 'Enter a whole number from 1 to 30.',
      name: 'Enter the village’s name.',
      town: 'Enter the town.',
      pointValue: 'An amount from 0.01 to 1000.',
    },
    menu: { name: 'Village settings' },
  },
} satisfies SameKeys<typeof menu & typeof pages>;

import type { SameKeys } from '../../../i18n/types.ts';
import type menu from '../menu/locales/zh-CN.ts';
import type pages from './zh-CN.ts';

export default {
  outbox: {
    lead: 'Without network a counter hands out first, and it is booked when the network is back. Points and goods have moved; listed here is what would have been refused with the network. Check it with the slip and the household, and write down what came of it.',
    open: 'To be looked at',
    all: 'All',
    none: 'Nothing to look at',
    noneHint: 'Nothing stands against what was handed out without network.',
    noneAtAll: 'Nothing was handed out without network yet',
    points: '{points} points',
    shift: 'The beginning or end of a shift',
    when: 'Handed out {moment}, booked {later}',
    notBooked: 'Not booked',
    entry: 'Entry {number}',
    by: '{kiosk} · {volunteer}',
    unknownVolunteer: 'nobody knows who',
    file: 'From a file',
    marks: 'What stood against it',
    remark: 'What came of it, such as “compared both slips, taken back next month”',
    go: 'It is settled',
    done: 'Noted',
    settled: '{by}, {moment}: {remark}',
    intent: 'Settling what was handed out without network',
    devices: {
      title: 'Devices of the counters',
      lead: 'Every device signs and numbers its rows. A missing number has not come yet. Write a device off only when it is broken or lost and nothing more will come.',
      heard: 'Last heard {moment}',
      empty: 'Nothing left to send {moment}',
      never: 'Never said that everything was sent',
      missing: '{n} rows missing (the last is row {last})',
      broken: 'Rows with a wrong signature came in its name {moment}',
      plain: 'Cannot sign (not https)',
      old: 'A device of before',
      writtenOff: 'Written off {moment}',
      writeOff: 'Write this device off',
      means:
        'Then nobody waits for its rows, and months close. A row that comes all the same is booked on the day it comes.',
      reason: 'Why, such as “tablet broken, rows taken in from its file”',
      go: 'Write off',
      done: 'Written off',
      intent: 'Writing off a device of {kiosk}',
    },
    upload: {
      title: 'Take in the file of a device',
      lead: 'If a device cannot send its rows, bring the file that it made and take it in here. However often, each row is booked once.',
      pick: 'Choose a file',
      none: 'There are no rows in this file. Bring the file that the kiosk made.',
      took: '{n} rows taken in: {late} booked, {waiting} wait for others, {refused} refused.',
      left: 'Everything from row {n} on is not taken in yet. Take the file in again.',
      progress: 'Taking in: {n} of {all} rows',
      foreign: 'This is a file of {village}, another village: nothing was taken in. Take it to that village.',
      cut: 'The end of this file is missing. What could be read was taken in. Save the file again on the device and take the new one in.',
      spoilt:
        'Line {lines} was changed or is damaged and was not taken in ({n}). Save the file again on the device. | Lines {lines} were changed or are damaged and were not taken in ({n} in all). Save the file again on the device.',
      comma: ', ',
      edited:
        'The signature of {n} row does not fit its device, as if somebody had changed it: not taken in. Tell an administrator and keep the device. | The signatures of {n} rows do not fit their device, as if somebody had changed them: not taken in. Tell an administrator and keep the device.',
      unknown:
        'The device of {n} row is not known to this village: not taken in. Pair that device here and let it connect once, then take the file in again. | The device of {n} rows is not known to this village: not taken in. Pair that device here and let it connect once, then take the file in again.',
    },
    menu: 'Handed out without network',
    home: 'hand-overs without network to be checked against their slips',
  },
} as const satisfies SameKeys<{ readonly outbox: (typeof menu)['outbox'] & (typeof pages)['outbox'] }>;

import type { SameKeys } from '../types.ts';
import type chinese from './zh-CN.ts';

export default {
  common: {
    product: 'Jishan',
    productLine: 'The village moral bank and love supermarket',
    points: 'points',
    loading: 'Loading…',
    retry: 'Try again',
    back: 'Back',
    cancel: 'Cancel',
    close: 'Close',
    details: 'Details',
    errorCode: 'Code: {code}',
    language: '中文',
    optional: 'optional',
    skipToContent: 'Skip to content',
  },
  failure: {
    unreachable: 'The server cannot be reached',
    unreachableRead: 'Check the network and try again. Nothing was changed.',
    unreachableWrite:
      'It is not known whether this step was done. Look first, then decide whether to do it again.',
    timeout: 'The server did not answer in time',
    unknownTitle: 'Something went wrong',
  },
  intent: {
    unclear: {
      booking: 'It is not known whether this was booked',
      act: 'It is not known whether this was done',
    },
    unclearOf: '{what}: {unclear}',
    locked:
      'It was sent, and no answer came yet. Until that is known its content is locked: it cannot be changed, and nothing else is sent.',
    unkept: 'This computer could not store it: please do not close or reload this page yet.',
    asking: 'No answer came; asking once more. It will not be done twice.',
    ask: { booking: 'Ask again (nothing is booked twice)', act: 'Ask again (nothing is done twice)' },
    drop: { booking: 'Give this one up and fill in anew', act: 'Give up and start anew' },
    sure: {
      booking:
        'It may have arrived. Look first: awards and deductions under Approvals, “Sent by me”; stock in the ledger. Fill in anew all the same?',
      act: 'It may have been done. Have a look first. Start anew all the same?',
    },
    dropNow: { booking: 'Yes, fill in anew', act: 'Yes, start anew' },
    keep: 'No, keep it',
  },
  print: {
    print: 'Print',
    printedAt: 'Printed: {when}',
    signature: 'Signed:',
    stamp: '(stamp)',
  },
  date: {
    choose: 'Choose a day',
    justNow: 'just now',
  },
  withoutNetwork: {
    done: 'Done without network: {when}',
  },
  pad: {
    label: 'Number pad',
    erase: 'Erase',
    entered: '{label}: {count} of {of} digits entered',
  },
} satisfies SameKeys<typeof chinese>;

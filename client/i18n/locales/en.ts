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
    unreachableWrite: 'It is not known whether this step was done. Try again: nothing will be booked twice.',
    timeout: 'The server did not answer in time',
    unknownTitle: 'Something went wrong',
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
  pad: {
    label: 'Number pad',
    erase: 'Erase',
    entered: '{label}: {count} of {of} digits entered',
  },
} satisfies SameKeys<typeof chinese>;

import type { SameKeys } from '../types.ts';
import type chinese from './zh-CN.ts';

export default {
  common: {
    product: 'Jishan',
    productLine: 'The village moral bank and love supermarket',
    points: 'points',
    loading: 'Loading…',
    retry: 'Try again',
    reload: 'Reload',
    back: 'Back',
    cancel: 'Cancel',
    close: 'Close',
    details: 'Details',
    errorCode: 'Code: {code}',
    language: '中文',
    languageLabel: 'Change language',
    required: 'required',
    optional: 'optional',
    skipToContent: 'Skip to content',
  },
  failure: {
    unreachable: 'The server cannot be reached',
    unreachableRead: 'Check the network and try again. Nothing was changed.',
    unreachableWrite: 'It is not known whether this step was done. Try again: nothing will be booked twice.',
    timeout: 'The server did not answer in time',
    unknownTitle: 'Something went wrong',
    notMoved: 'No points were moved.',
    movedUnknown: 'It is not known whether points moved. Try again: nothing will be booked twice.',
    fieldInvalid: 'This is not filled in correctly.',
  },
  pad: {
    label: 'Number pad',
    erase: 'Erase',
    entered: '{label}: {count} of {of} digits entered',
  },
} satisfies SameKeys<typeof chinese>;

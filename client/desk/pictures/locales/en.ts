import type { SameKeys } from '../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  photos: {
    label: 'Photos',
    wanted: 'this rule asks for one; without it this may come back',
    add: 'Take or choose photos',
    addMore: 'Add another',
    evidenceHint:
      'Seen only by the village’s staff. Photos are made smaller first; where they were taken is removed.',
    one: 'Photo {n}',
    nth: 'Photo {n} of {of}',
    remove: 'Take out photo {n}',
    preparing: 'Preparing photos…',
    sending: 'Sending {n} of {of}',
    sent: '{n} sent',
    failed: '{n} could not be sent; kept on this device.',
    unreadable: '{n} files are no photos and were left out.',
    evidence: '{n} photos as evidence',
    open: 'Enlarge photo {n}',
    gone: 'This photo is no longer kept',
    again: 'The photo did not open, try again',
    before: 'Previous',
    after: 'Next',
  },
} satisfies SameKeys<typeof chinese>;

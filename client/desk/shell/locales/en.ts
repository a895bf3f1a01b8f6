import type { SameKeys } from '../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  desk: {
    title: 'Desk',
    navigation: 'Main navigation',
    shortcuts: 'Shortcuts',
    more: 'More',
    demoVillage: 'Demo village',
    nowhere: 'There is no such page',
    toHome: 'Back to home',
    and: ', ',
    account: 'My account',
    compact: 'Compact rows',
    waiting: '{n} waits for you | {n} wait for you',
    settings: 'Settings',
    settingsLead: 'What is changed now and then.',
    group: { daily: 'Every day', village: 'Village set-up' },
  },
  intents: {
    arrived: '“{what}” has been done, only once.',
    arrivedSecret:
      '“{what}” has been done, only once. To see a password, PIN or pairing code, open its window again.',
    notDone: '“{what}” was not done',
    read: 'Close',
  },
  parts: {
    actions: 'Actions',
    copy: 'Copy',
    copyAll: 'Copy all',
    copied: 'Copied',
    copyFailed: 'The browser does not allow copying; please write it down',
    onceShown: 'Shown this once. Write it down or print it now; it cannot be seen again.',
    writtenDown: 'Written down, close',
    more: 'Show more',
    ownPin: {
      current: 'PIN until now, six digits',
      pin: 'New PIN, six digits',
      again: 'The same again',
      set: 'Set the PIN',
    },
    pinWrong: {
      current: 'Six digits are needed.',
      pin: 'Six digits are needed, no runs, repeats or mirrored ones.',
      again: 'The two differ. Type it again.',
    },
    chooseFromList: 'Choose one on the left to open it here.',
    nameWithCount: '{name} ({n})',
    none: 'none',
    save: 'Save',
    saved: 'Saved.',
    done: 'Done',
    unsaved: 'Changes are not saved',
    unsavedLead: 'They are lost when you leave this page.',
    stay: 'Stay',
    leave: 'Leave without saving',
  },
} satisfies SameKeys<typeof chinese>;

import type { SameKeys } from '../../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  phones: {
    section: 'This phone',
    title: 'Phones that can see this passbook',
    lead: 'One you do not know, or that should not look any more? End it.',
    this: 'this one',
    own: 'The household’s own phone',
    helper: '{name} helps',
    since: 'Since {day}',
    sinceUntil: 'Since {day}, ends by itself on {until}',
    end: 'End it',
    endLead: 'Afterwards that phone needs the household’s password again. Points do not change.',
    endGo: 'End it now',
    data: 'Download all that is kept about us',
    dataLead:
      'One file, in Chinese, to open in a browser or text editor. Does nothing in WeChat? Use the phone’s own browser, or ask the village office.',
    inWeChat: '{name} · WeChat',
    android: 'Android phone',
    harmony: 'HarmonyOS phone',
    iphone: 'iPhone',
    ipad: 'iPad',
    windows: 'Windows computer',
    mac: 'Mac',
    linux: 'Linux computer',
    other: 'Another device',
  },
  pin: {
    change: 'Change our PIN',
    pin: 'The PIN you have now',
    next: 'New PIN, six digits',
    lead: 'No birthday. Afterwards other phones have to log in again.',
    done: 'Your PIN is changed. Tell nobody the new one.',
  },
} satisfies SameKeys<typeof chinese>;

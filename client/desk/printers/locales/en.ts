import type { SameKeys } from '../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  printer: {
    title: 'Slip printer',
    lead: 'A thermal printer on the village’s network, for all kiosks. Without one each prints by its own browser.',
    set: 'Set a printer',
    change: 'Change',
    clear: 'Stop using it',
    test: 'Print a test page',
    testing: 'Printing; it takes some ten seconds at most.',
    tested: 'Sent to the printer: look at the paper, both edges must be seen.',
    unheard: 'The server did not answer. See first whether something was printed.',
    at: 'Address',
    port: 'Port',
    paper: 'Paper',
    millimetres: '{width} mm',
    end: 'At the end',
    knife: 'Cuts by itself',
    noKnife: 'Torn off by hand',
    host: 'Address of the printer',
    hostHint:
      'Such as 192.168.1.50. Switch the printer off, hold its feed key and switch it on: it prints its IP address. Have the router keep it.',
    hostNeeded: 'Fill in the address.',
    portHint: 'Usually 9100.',
    portWrong: 'The port is 9100 to 9109.',
    hasKnife: 'The printer cuts the paper',
    hasKnifeHint: 'One that does not feeds a few lines more, to be torn off.',
    effect:
      'Once the books are open, somebody else has to agree: slips bear masked names and points, and go to the village’s own machine only.',
    clearTitle: 'Stop using this printer?',
    clearEffect:
      'All kiosks print by their own browsers at once; points and goods stay as they are. To use it again, it has to be set and agreed to anew.',
    isSet: 'The printer is set: print a test page.',
    isCleared: 'The printer is no longer used.',
  },
} satisfies SameKeys<typeof chinese>;

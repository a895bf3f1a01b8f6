import type { SameKeys } from '../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  camera: {
    title: 'Scan with the camera',
    lead: 'Hold the QR code of a card, or the barcode of an item, in the middle of the picture.',
    picture: 'What the camera sees',
    starting: 'Opening the camera…',
    other: 'Another camera',
    close: 'Turn the camera off',
    retry: 'Try again',
    read: 'Read',
    trouble: {
      insecure: {
        title: 'No camera at this address',
        detail:
          'Browsers lend the camera only to https addresses and on the server itself; this address is plain http. Nothing was changed. Use a scanner or type the number; for the camera, ask the office to give the system an https address.',
      },
      refused: {
        title: 'The camera was not allowed',
        detail:
          'Nothing was changed. Tap the sign left of the address, allow the camera, then try again; or use a scanner or type the number.',
      },
      missing: {
        title: 'No camera found',
        detail: 'Nothing was changed. Plug one in and try again, use a scanner, or type the number.',
      },
      occupied: {
        title: 'Another program is using the camera',
        detail: 'Nothing was changed. Close the other program, then try again.',
      },
      lost: {
        title: 'The camera went away',
        detail: 'What was read still counts, nothing else was changed. Check its cable, then try again.',
      },
      reader: {
        title: 'The code reader could not be loaded',
        detail:
          'Nothing was changed. Check the network and try again; if that does not help the browser may be too old: update it, use a scanner, or type the number.',
      },
    },
  },
} satisfies SameKeys<typeof chinese>;

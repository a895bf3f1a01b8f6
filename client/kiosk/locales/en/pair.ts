export const pair = {
  pair: {
    step1: 'Ask the office to open “Kiosks” on its computer.',
    step2: 'Add a kiosk (or take a new code for the old one): an 8-digit code is shown.',
    step3: 'Type the code here within 15 minutes.',
    code: 'Pairing code',
    go: 'Pair',
    linkedTitle: 'Make this the kiosk?',
    linked: 'Compare: does the office’s screen show this pairing code?',
    linkedGo: 'Pair this one',
    linkedNot: 'Not this one, or type a code',
    alreadyTitle: 'This one is paired already',
    already:
      'It was not paired again; nothing was changed. To make it another kiosk, lock the old one out at the office first.',
    alreadyAs:
      'It is “{name}”. It was not paired again; nothing was changed. To make it another kiosk, lock the old one out at the office first.',
    goOn: 'Go on with this one',
    secure: 'Set up https first',
    secureWhy:
      'To scan with the camera, and to open without network, set up https on this device first, then pair it. With a USB scanner it is not needed.',
  },
};

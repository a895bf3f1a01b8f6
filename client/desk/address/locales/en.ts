import type { SameKeys } from '../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  address: {
    title: 'Who reaches this server',
    lead: 'Tablets, phones and the TV open the address below. The program runs on this computer; whatever is in the same network reaches it.',
    whoReaches: 'Where it opens',
    current: 'The address in use',
    currentGuess: 'None is chosen yet; you opened the desk at this one',
    copy: 'Copy the address',
    chip: {
      none: 'Not chosen yet',
      unkept: 'Not fixed, may change',
      gone: 'Has changed',
      good: 'Chosen',
      kept: 'Fixed by the router',
    },
    doors: {
      kiosk: 'The shop’s tablet',
      kioskHow: 'Scan it with the tablet’s camera, or type it. The first time the tablet has to be paired.',
      me: 'Households’ phones',
      meHow: 'Scan it with the phone or WeChat, then number and password show the points.',
      board: 'The TV with the notices',
      boardHow: 'Type this address into the browser of the TV or its box.',
      qr: 'QR code: {address}',
      toPair: 'Pair a tablet',
    },
    who: {
      near: 'In the village office and the shop',
      nearSays:
        'Tablets, phones and computers in the same wireless network can open it, also while the internet is down.',
      home: 'At home, or by mobile data',
      homeNot:
        'This address does not open there. It takes a name on the internet, which the county or the village would have to give this server.',
      homeMaybe:
        'It opens once this address leads here on the internet. Try it with a phone whose wireless network is off.',
      card: 'Households without a phone',
      cardSays:
        'The card is enough: at the shop, by card or household number, they see their points, get goods and a printed statement.',
      can: 'Yes',
      cannot: 'No',
      test: 'Try it',
    },
    https: {
      title: 'Secure connection: the camera, and a kiosk without network',
      lead: 'The shop’s tablet and the office’s computers each install the root certificate once. Households’ phones and printed cards stay with the address above.',
      none: 'Not made yet',
      broken: 'The certificate’s file is damaged',
      closed: 'Made, but not open',
      ending: 'Ends soon',
      open: 'Open',
      until: 'The certificate is good until {day}',
      run: 'The administrator runs this once on the computer of the program. It says what comes next:',
      go: 'Open this page on the device and follow it; at the end it tries the device:',
      look: 'Look at that page',
      fingerprint:
        'Fingerprint of the root certificate (Android, iPad; SHA-256): the device must show the same',
      thumbprint: 'Fingerprint of the root certificate (Windows; SHA-1)',
    },
    not: {
      title: 'If it does not open, look at these first',
      same: 'Is the tablet or phone on the same router as this computer? A guest network does not count.',
      on: 'Is this computer on and awake, and does the program run?',
      wall: 'At the first start Windows asks whether to allow access: tick “Private networks”, press “Allow”.',
    },
    choose: 'Choose an address',
    chooseOther: 'Choose another address',
    chooseLead: 'One tap chooses it. Cards, pairing and phones use it from then on.',
    use: 'Use this',
    inUse: 'In use',
    kind: {
      named: 'The name set at installation: the safest',
      village: 'An address in the village’s network',
      other: 'An address in another network',
      opened: 'The address you opened now',
    },
    first: 'Probably this',
    typed: 'Or type one',
    typedHint: 'Such as http://192.168.1.10:8080, or a name with https:// that the county gave you.',
    wrong: 'Begin with http:// or https://, then a name or numbers alone.',
    onlyHere: 'Only this computer can open that address. Choose another.',
    chosen: 'Chosen: {address}',
    noneFound:
      'This computer is in no network now. Plug in the cable or join the wireless network, then open this page again.',
    askOthers:
      'Please ask the administrator or the committee to choose one: Kiosks and volunteers, Who reaches this server.',
    movedTitle: 'This computer’s address has changed',
    movedFromTo: 'It was {was}, now it is {now}',
    movedOff: 'It was {was}, now there is no network',
    movedDo:
      'Tablets and printed cards that lead to the old address do not open for now; cards and household numbers work at the shop. Best fix the old address for this computer in the router again; else choose the present one, reprint the cards and reopen the tablets.',
    nowhereTitle: 'No other tablet or phone can open this',
    nowhere:
      'You opened the desk on the server’s own computer. Choose an address that other devices can open:',
    unsureTitle: 'The QR codes will open {address}',
    unsure: 'Before it goes onto cards, choose an address that stays:',
    keepTitle: 'Does the router always give this computer this address?',
    keepLead:
      'Most routers give another one after some days, and then phones cannot open printed cards (cards and numbers still work at the shop). Fix it before you print; it takes five minutes:',
    keepStep1:
      'Open the router’s own page in a browser. Address and password stand under the router, often 192.168.1.1 or 192.168.0.1.',
    keepStep2: 'Look under “DHCP server” for “static lease”, also called “IP/MAC binding” or “reservation”.',
    keepStep3: 'Choose this computer in the list, give it {host}, save.',
    keepStep4: 'Restart this computer and come back here: the address should be the same.',
    kept: 'It is fixed now',
    keptSaid: 'Noted: the router keeps {host}.',
    keptNow: 'The router keeps {host} for this computer.',
    keepNot: 'It is not fixed after all',
  },
} satisfies SameKeys<typeof chinese>;

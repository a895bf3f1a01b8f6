import type { SameKeys } from '../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  https: {
    title: 'Secure connection',
    lead: 'The shop’s tablet and the office’s computers are set up once. Then the camera scans, and the kiosk opens without network too.',
    notHouseholds: 'Households’ phones need nothing: they go on as before.',
    which: 'What kind of device is this?',
    device: { android: 'Android tablet or phone', windows: 'Windows computer', ipad: 'iPad or iPhone' },
    step: {
      download: 'Download the root certificate',
      downloadGo: 'Download',
      install: 'Install it on this device',
      compare: 'Compare the fingerprint',
      try: 'Try it',
      tryGo: 'Try this device',
    },
    downloadSays: {
      android:
        'The file is called jishan-ca.crt and lies among the downloads. Press “Keep” if it is called harmful.',
      windows:
        'The file is called jishan-ca.crt. Download it with Chrome or Edge; press “Keep” if it is called harmful.',
      ipad: 'Open this page in Safari and press it there. Press “Allow” when asked about a configuration profile.',
    },
    android: {
      one: 'Open Settings, Security, “Encryption & credentials” (or “More security settings”), “Install a certificate”, “CA certificate”. If you cannot find it, search the settings for “certificate”.',
      two: 'Press “Install anyway” when told that your data will not be private. A device without a screen lock needs one first.',
      three: 'Choose jishan-ca.crt among the downloads.',
      four: 'Use Chrome or Edge; the maker’s own browser may not heed it.',
    },
    windows: {
      one: 'Double-click jishan-ca.crt, “Install Certificate”, “Current User”, “Next”.',
      two: 'Choose “Place all certificates in the following store”, “Browse”, “Trusted Root Certification Authorities”, then “OK”, “Next”, “Finish”.',
      three: 'At the security warning do step 3 first: press “Yes” only if the fingerprint is the same.',
      four: 'Close all windows of the browser and open it again.',
    },
    ipad: {
      one: 'Open Settings: at the top stands “Profile Downloaded”. Open it and press “Install”.',
      two: 'Enter the passcode and press “Install” twice more.',
      three:
        'Back in Settings open General, About, at the very end “Certificate Trust Settings”, and switch “Jishan” on. This step is easily missed.',
      four: 'Use Safari.',
    },
    compareSays: {
      android:
        'Afterwards: Settings, “Encryption & credentials”, “Trusted credentials”, “User”, open “Jishan” and read “SHA-256 fingerprint”.',
      windows:
        '“Thumbprint (sha1)” in the security warning, or double-click the file and read “Thumbprint” at the end of “Details”.',
      ipad: 'In “Profile Downloaded” open “More Details”, then the certificate, and read “SHA-256” at its end.',
    },
    compareWith:
      'It must be the one that stands on the office’s computer under “Who reaches this server”. It stands below, too: compare it with that page first.',
    compareNot:
      'If it differs, do not install it: with another’s certificate somebody else can pose as the village’s computer. Remove it at once if you have, and tell the administrator.',
    fingerprint: 'Fingerprint ({kind})',
    trySays:
      'It opens {host}. If the browser warns that the connection is not private, the certificate is not installed yet: do not go on, come back and look at step 2.',
    noInstall:
      'The village uses a certificate that was bought or given to it: this device installs nothing. Try it right away.',
    missing: {
      title: 'The village has no certificate yet',
      how: 'Please ask the administrator to run this once on the computer of the program, then reload this page after a few seconds:',
    },
    closed: {
      title: 'There is a certificate, but https is not open',
      how: 'Please ask the administrator to start the program again; and to see whether another program has the port of HTTPS_PORT.',
    },
    broken: {
      title: 'The file of the certificate is damaged',
      how: 'Please ask the administrator to run this on the computer of the program. It says what to do:',
    },
    moved: {
      title: 'The certificate does not have this address yet',
      how: 'The computer probably got another address just now; that is mended by itself within ten minutes. Or the administrator runs this once, and you reload this page. Devices that have the root certificate install nothing again:',
    },
    onWindows: 'On a Windows computer write npx jishan https in the program’s folder.',
    again: 'Reload',
    trial: {
      title: 'Trying this device',
      running: 'Trying; it takes a few seconds …',
      ready: 'This device is ready',
      readySays:
        'From now on open the kiosk and the desk at this address. Put it on the home screen or among the bookmarks.',
      localSays: 'This is the computer of the program itself: it needs no certificate.',
      notYet: 'One step is missing',
      address: 'The address for this device',
      kiosk: 'Open the kiosk',
      desk: 'Open the desk',
      back: 'Back to step 2',
      again: 'Try again',
    },
    check: {
      worker: 'Opens the page without network',
      disk: 'Keeps hand-overs safely on the device',
      key: 'Signs hand-overs made without network',
      camera: 'Scans with the camera',
      yes: 'Yes',
      no: 'No',
    },
    fault: {
      untrusted:
        'The root certificate is not installed; the warning was only clicked away. It looks secure, and would not open without network. Go back to step 2; on an iPad it is mostly “Certificate Trust Settings”.',
      workerAbsent:
        'This browser cannot keep a page on the device. Use Chrome or Edge (Safari on an iPad), and no private window.',
      workerRefused:
        'The browser refuses to keep a page on the device. Close private windows, see whether the device is nearly full, and try again.',
      disk: 'The browser refuses to keep anything on the device. Close private windows, see whether the device is nearly full, and try again.',
      key: 'This browser is too old to sign. Update it, or use Chrome or Edge.',
      camera: 'This browser gives no camera. With a USB scanner that does not matter.',
    },
  },
} satisfies SameKeys<typeof chinese>;

import type { SameKeys } from '../../../i18n/types.ts';
import type menu from '../menu/locales/zh-CN.ts';
import type chinese from './zh-CN.ts';

export default {
  backups: {
    title: 'Backups',
    lead: 'The server backs up once a day by itself; a backup counts only when it has been opened and verified.',
    last: 'Last backup {since} · verified',
    never: 'No verified backup yet',
    waits: 'A backup is made every day by itself; the first one comes within a day.',
    late: 'A backup was missed: please look at the server',
    lastFailed: 'The last backup failed',
    fault: {
      no_room: 'The server’s disk has too little room: please make some.',
      no_space: 'The server’s disk is full: please make room.',
      no_access: 'The backup folder cannot be read or written: please look at the server.',
      no_copy:
        'The backup is made, but the second place cannot be written: please look at the memory stick or the shared folder.',
      does_not_verify:
        'The book does not verify, and was not backed up over a good backup: please verify it at the server.',
      replaced: 'The program was replaced: please restart the server.',
      other: 'Please look at the server.',
    },
    makeNow: 'Back up now',
    making: 'Backing up',
    made: 'Backed up and verified',
    none: 'No backup yet',
    noCopy:
      'The backups lie on the same disk as the books, and would be lost with it. Ask whoever installed the program to set a second place: a memory stick, or a folder another machine shares.',
    shared: 'Several villages share this database: taking away and restoring is done at the server.',
    size: 'about {n} MB',
    verified: 'verified',
    copied: 'in the second place too',
    notCopied: 'not in the second place',
    head: '{name}: entry {number}',
    place: 'The backups are in {folder} on the server',
    kind: {
      daily: 'Daily',
      asked: 'By hand',
      migration: 'Before an upgrade',
      restore: 'Before a restore',
      upload: 'From a file',
    },
    phase: { write: 'Writing …', read: 'Opening it …', verify: 'Verifying …', load: 'Loading …' },
    download: 'Take away',
    downloadTitle: 'Take this backup away',
    downloadMeans:
      'The file holds everything: names, phone numbers, every entry. Keep it as you keep the books, and send it to nobody.',
    downloadGo: 'Download',
    fromFile: 'Restore from a file',
    uploadTitle: 'Restore from a file',
    uploadLead:
      'Choose a backup on this computer or a memory stick; it goes to the server and is verified first.',
    uploadMeans:
      'This changes nothing in the books: once verified the file is on the list, and you are asked whether to restore it. The server keeps the last two files only. The file holds everything: leave it on no public computer.',
    chooseFile: 'Choose the backup file',
    sending: 'Sending it to the server …',
    uploadStop: 'Stop sending',
    restore: 'Restore',
    restoreTitle: 'Restore this backup',
    restoreMeans:
      'Once the books are open, an approver who is another person agrees first. Points given and goods exchanged since then will be gone. The present books are backed up first, and the old database is kept. Nobody can work meanwhile, and everybody logs in anew, with the password of that time. Cards, kiosks and people stopped since then work again: stop them once more.',
    restoreGo: 'Go back to this one',
    restoring: 'Restoring',
    restoredBy: 'On {at} {who} restored the backup of {made}:',
    password: 'Your password, once more',
    villageName: 'Type the village’s name',
    villageNameHint: 'As it is written: {name}',
    menu: { name: 'Backups' },
  },
} satisfies SameKeys<typeof chinese & typeof menu>;

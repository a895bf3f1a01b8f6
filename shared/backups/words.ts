import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'backup.busy': {
    zh: { title: '正在备份', detail: '另一份备份正在做，这一次没有再做，积分没有变动。请等它做完再试。' },
    en: {
      title: 'A backup is being made',
      detail: 'Another backup is being made, so none was begun; no points moved. Try again when it is done.',
    },
  },
  'backup.failed': {
    zh: {
      title: '备份没有做成',
      detail: '这份备份没有做成[（{what}）]，原有的备份都在，积分没有变动。请看看磁盘和备份文件夹，再试。',
      variants: {
        no_room:
          '服务器磁盘剩下的地方不够，这份备份没有做成[（{what}）]，原有的备份都在，积分没有变动。请在服务器上腾出地方，再试。',
        replaced:
          '服务器上的程序文件换过了，还没有重启，这份备份没有做成[（{what}）]，原有的备份都在，积分没有变动。请重启服务器，再试。',
      },
    },
    en: {
      title: 'The backup failed',
      detail:
        'This backup was not made[ ({what})]; earlier ones are still there, no points moved. Look at the disk and the backup folder, then try again.',
      variants: {
        no_room:
          'The server’s disk has too little room, so this backup was not made[ ({what})]; earlier ones are still there, no points moved. Make room at the server, then try again.',
        replaced:
          'The program’s files at the server were replaced and it was not restarted, so this backup was not made[ ({what})]; earlier ones are still there, no points moved. Restart the server, then try again.',
      },
    },
  },
  'backup.not_found': {
    zh: { title: '没有这份备份', detail: '备份文件夹里没有这份备份，什么都没有改动。请刷新列表再选。' },
    en: {
      title: 'No such backup',
      detail:
        'The backup folder holds no backup of that name; nothing was changed. Refresh the list and choose again.',
    },
  },
  'backup.shared': {
    zh: {
      title: '要在服务器上办',
      detail: '几个村共用这个数据库，一个村不能带走或恢复大家的数据，什么都没有改动。请找服务器的管理人。',
    },
    en: {
      title: 'Only at the server',
      detail:
        'Several villages share this database, so no single village can download or restore everybody’s data; nothing was changed. Ask whoever runs the server.',
    },
  },
  'backup.village_name': {
    zh: { title: '村名不对', detail: '写的村名和本村不一样，没有恢复，什么都没有改动。请照着写本村的名字。' },
    en: {
      title: 'That is not the village’s name',
      detail:
        'The name you typed is not this village’s; nothing was restored or changed. Type the name as it is written.',
    },
  },
  'backup.other_village': {
    zh: {
      title: '不是本村的备份',
      detail:
        '这份备份不是本村的，或不只是本村的[（{village}）]，没有收下，什么都没有改动。请选本村的备份；几个村合在一起的备份要在服务器上恢复。',
    },
    en: {
      title: 'Another village’s backup',
      detail:
        'This backup is of another village, or not of this one alone[: {village}]. It was not taken; nothing was changed. Choose a backup of this village; one of several villages is restored at the server.',
    },
  },
  'backup.made_elsewhere': {
    zh: {
      title: '不是本服务器做的备份',
      detail:
        '这份备份没有本服务器的记号：是换过密钥的服务器或旧版本做的，或被人改动过，里面的密码、卡可能不是原来的，所以网页上不用它，什么都没有改动。确实可信，请在服务器上恢复：npx jishan restore 文件 --force（装成服务的用 jishan restore）。',
    },
    en: {
      title: 'Not made by this server',
      detail:
        'This backup does not bear this server’s mark: a server with another secret or an earlier version made it, or somebody changed it. Passwords or cards in it may have been altered, so it was not taken from here; nothing was changed. If you trust it, restore it at the server: npx jishan restore FILE --force (of a service, jishan restore).',
    },
  },
  'backup.not_restored': {
    zh: {
      title: '没有恢复',
      detail:
        '这份备份没有恢复成[（{what}）]，现有的账原样还在，积分没有变动。请换一份备份，或在服务器上查原因。',
    },
    en: {
      title: 'Not restored',
      detail:
        'This backup was not restored[ ({what})]; the books stand as they were, no points moved. Take another backup, or look for the cause at the server.',
    },
  },
  'backup.outcome_unknown': {
    zh: {
      title: '不知道恢复成了没有',
      detail:
        '恢复到最后一步时断了，还不知道办成没有，积分可能动了也可能没动。请先刷新，看看账记到哪一天，再决定要不要重来。',
    },
    en: {
      title: 'It is not known whether it was restored',
      detail:
        'The restore was interrupted at its last step, and it is not known yet whether it was done; points may have moved or not. Refresh and see how far the book goes before you try again.',
    },
  },
  'backup.upload_too_large': {
    zh: {
      title: '文件太大',
      detail:
        '文件超过了上限[（{limitMb} MB）]，没有收下，什么都没有改动。请在服务器上恢复，或调高服务器的 BACKUP_UPLOAD_MAX_MB。',
    },
    en: {
      title: 'The file is too large',
      detail:
        'The file is larger than the limit[ of {limitMb} MB] and was not taken; nothing was changed. Restore it at the server, or raise BACKUP_UPLOAD_MAX_MB there.',
    },
  },
  'backup.upload_gone': {
    zh: {
      title: '上传已经中断',
      detail: '这次上传隔得太久，或者另外开始了一次，传来的部分已经删掉，什么都没有改动。请重新选文件。',
    },
    en: {
      title: 'The upload was interrupted',
      detail:
        'This upload paused too long, or another one was started; what had arrived was removed, and nothing was changed. Choose the file again.',
    },
  },
  'backup.upload_broken': {
    zh: {
      title: '文件没有传完整',
      detail: '传来的和选的文件对不上，可能文件在上传时变了，没有收下，什么都没有改动。请重新选文件。',
    },
    en: {
      title: 'The file did not arrive whole',
      detail:
        'What arrived does not match the file you chose, which may have changed in the meantime. It was not taken; nothing was changed. Choose the file again.',
    },
  },
  'backup.no_room': {
    zh: {
      title: '服务器磁盘不够',
      detail:
        '收下并核对这个文件[要 {needMb} MB 空间][，服务器只剩 {freeMb} MB]，地方不够，没有收下，什么都没有改动。请先在服务器上腾出地方。',
    },
    en: {
      title: 'The server’s disk has no room',
      detail:
        'There is not enough room to receive and verify this file[: {needMb} MB are needed][, and the server has {freeMb} MB left]. It was not taken; nothing was changed. Make room on the server first.',
    },
  },
  'backup.not_taken': {
    zh: {
      title: '这个文件不能用',
      detail:
        '服务器没能存下或打开这个文件，没有收下，什么都没有改动。请看看服务器的磁盘和备份文件夹，再试。',
      variants: {
        not_a_backup: '这不是本程序的备份文件，没有收下，什么都没有改动。请选文件名以 .backup 结尾的备份。',
        damaged: '这份备份不完整，或被改动过，没有收下，什么都没有改动。请重新拷一次，或换一份备份。',
        newer: '这份备份是更新版本的程序做的，没有收下，什么都没有改动。请先升级这台服务器的程序。',
        trial:
          '这是试用版 0.1.0 做的备份，没有收下，什么都没有改动。请用 0.1.0 恢复它，导出账本（journal 格式），再用 jishan import-journal 导入。',
        other_schema: '这份备份是改动过的程序做的，本程序接不上，没有收下，什么都没有改动。请换一份备份。',
        does_not_verify: '这份备份里的账核对不上，没有收下，什么都没有改动。请换一份备份。',
      },
    },
    en: {
      title: 'This file cannot be used',
      detail:
        'The server could not keep or open this file. It was not taken; nothing was changed. Look at the server’s disk and backup folder, then try again.',
      variants: {
        not_a_backup:
          'This is not a backup of this program. It was not taken; nothing was changed. Choose a backup, whose name ends in .backup.',
        damaged:
          'This backup is incomplete, or somebody changed it. It was not taken; nothing was changed. Copy it once more, or choose another.',
        newer:
          'This backup was made by a newer version of the program. It was not taken; nothing was changed. Upgrade this server first.',
        trial:
          'The trial version 0.1.0 made this backup. It was not taken; nothing was changed. Restore it with 0.1.0, export its book as a journal, and import that with jishan import-journal.',
        other_schema:
          'This backup was made by an altered program whose tables this one does not continue. It was not taken; nothing was changed. Choose another.',
        does_not_verify:
          'The book in this backup does not verify. It was not taken; nothing was changed. Choose another.',
      },
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  backups: {
    zh: '每天自动做、份份核对过的备份：列出、再做一份、带走、恢复。',
    en: 'Made every day and each of them verified: list them, make one more, take one away, restore one.',
  },
} as const satisfies Tags;

import type { ErrorCode } from '../errors.ts';
import type { ErrorSentence } from './sentence.ts';

type BackupCode = Extract<ErrorCode, `backup.${string}`>;

/** Refusals of backups and of restoring. */
export const zhBackup: Readonly<Record<BackupCode, ErrorSentence>> = {
  'backup.busy': {
    title: '正在备份',
    detail: '另一份备份正在做，这一次没有再做，积分没有变动。请等它做完再试。',
  },
  'backup.failed': {
    title: '备份没有做成',
    detail: '这份备份没有做成[（{what}）]，原有的备份都在，积分没有变动。请看看磁盘和备份文件夹，再试。',
    variants: {
      no_room:
        '服务器磁盘剩下的地方不够，这份备份没有做成[（{what}）]，原有的备份都在，积分没有变动。请在服务器上腾出地方，再试。',
      replaced:
        '服务器上的程序文件换过了，还没有重启，这份备份没有做成[（{what}）]，原有的备份都在，积分没有变动。请重启服务器，再试。',
    },
  },
  'backup.not_found': {
    title: '没有这份备份',
    detail: '备份文件夹里没有这份备份，什么都没有改动。请刷新列表再选。',
  },
  'backup.shared': {
    title: '要在服务器上办',
    detail: '几个村共用这个数据库，一个村不能带走或恢复大家的数据，什么都没有改动。请找服务器的管理人。',
  },
  'backup.village_name': {
    title: '村名不对',
    detail: '写的村名和本村不一样，没有恢复，什么都没有改动。请照着写本村的名字。',
  },
  'backup.not_restored': {
    title: '没有恢复',
    detail:
      '这份备份没有恢复成[（{what}）]，现有的账原样还在，积分没有变动。请换一份备份，或在服务器上查原因。',
  },
  'backup.outcome_unknown': {
    title: '不知道恢复成了没有',
    detail:
      '恢复到最后一步时断了，还不知道办成没有，积分可能动了也可能没动。请先刷新，看看账记到哪一天，再决定要不要重来。',
  },
  'backup.other_village': {
    title: '不是本村的备份',
    detail:
      '这份备份不是本村的，或不只是本村的[（{village}）]，没有收下，什么都没有改动。请选本村的备份；几个村合在一起的备份要在服务器上恢复。',
  },
  'backup.made_elsewhere': {
    title: '不是本服务器做的备份',
    detail:
      '这份备份没有本服务器的记号：是换过密钥的服务器或旧版本做的，或被人改动过，里面的密码、卡可能不是原来的，所以网页上不用它，什么都没有改动。确实可信，请在服务器上恢复：npx jishan restore 文件 --force（装成服务的用 jishan restore）。',
  },
  'backup.upload_too_large': {
    title: '文件太大',
    detail:
      '文件超过了上限[（{limitMb} MB）]，没有收下，什么都没有改动。请在服务器上恢复，或调高服务器的 BACKUP_UPLOAD_MAX_MB。',
  },
  'backup.upload_gone': {
    title: '上传已经中断',
    detail: '这次上传隔得太久，或者另外开始了一次，传来的部分已经删掉，什么都没有改动。请重新选文件。',
  },
  'backup.upload_broken': {
    title: '文件没有传完整',
    detail: '传来的和选的文件对不上，可能文件在上传时变了，没有收下，什么都没有改动。请重新选文件。',
  },
  'backup.no_room': {
    title: '服务器磁盘不够',
    detail:
      '收下并核对这个文件[要 {needMb} MB 空间][，服务器只剩 {freeMb} MB]，地方不够，没有收下，什么都没有改动。请先在服务器上腾出地方。',
  },
  'backup.not_taken': {
    title: '这个文件不能用',
    detail: '服务器没能存下或打开这个文件，没有收下，什么都没有改动。请看看服务器的磁盘和备份文件夹，再试。',
    variants: {
      not_a_backup: '这不是本程序的备份文件，没有收下，什么都没有改动。请选文件名以 .backup 结尾的备份。',
      damaged: '这份备份不完整，或被改动过，没有收下，什么都没有改动。请重新拷一次，或换一份备份。',
      newer: '这份备份是更新版本的程序做的，没有收下，什么都没有改动。请先升级这台服务器的程序。',
      other_schema: '这份备份是改动过的程序做的，本程序接不上，没有收下，什么都没有改动。请换一份备份。',
      does_not_verify: '这份备份里的账核对不上，没有收下，什么都没有改动。请换一份备份。',
    },
  },
};

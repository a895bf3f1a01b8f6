import type { ActsOfDomain } from '../acts/act-spec.ts';

/** The fields by which a backup is told from others. */
export const permitFields = {
  madeAt: { zh: '备份做于', en: 'Made', unit: 'moment' },
  upTo: { zh: '账只到第几号', en: 'The book up to entry' },
  head: { zh: '末笔哈希', en: 'Hash of its last entry' },
} as const;

export const acts = {
  'backups.made': {
    zh: '做了备份',
    en: 'made a backup',
    fields: { file: { zh: '文件', en: 'File' } },
  },
  'backups.made_before_restore': { zh: '恢复前备份了现状', en: 'backed up before a restore', fields: {} },
  'backups.downloaded': { zh: '下载了备份', en: 'downloaded a backup', fields: {} },
  'backups.uploaded': {
    zh: '上传了一份备份',
    en: 'sent a backup',
    fields: {
      madeAt: { zh: '备份做于', en: 'Made', unit: 'moment' },
      head: { zh: '备份的末笔', en: 'Its last entry' },
    },
  },
  'backups.restore_allowed': {
    zh: '准许用这份备份恢复，一天内一次',
    en: 'allowed to restore this backup, once within a day',
    fields: permitFields,
  },
  'backups.restored': {
    zh: '用备份换下了原来的账',
    en: 'put a backup in the place of the book',
    fields: {
      backup: { zh: '备份', en: 'Backup' },
      madeAt: { zh: '备份做于', en: 'Made', unit: 'moment' },
      by: { zh: '谁让恢复的', en: 'Asked for by' },
      head: { zh: '备份的末笔', en: 'Last entry of the backup' },
      replaced: { zh: '原来账的末笔', en: 'Last entry of the book before' },
      gone: { zh: '没有了的凭证数', en: 'Entries that are gone' },
      others: { zh: '一起换下的别的账', en: 'Other books replaced with it' },
    },
  },
} as const satisfies ActsOfDomain;

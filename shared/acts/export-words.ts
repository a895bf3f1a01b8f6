/** Column titles of the exported book of acts. */
export const EXPORT_TITLES = {
  number: '凭证号',
  at: '时间',
  by: '经办人',
  via: '途径',
  act: '办了什么',
  thing: '对象',
  changes: '改前 → 改后',
  hash: '哈希',
} as const;

/** The file's name, what stands between several values and several changes, and after the name of a field of minutes. */
export const EXPORT_WORDS = {
  file: '办事记录',
  separator: '、',
  changes: '；',
  minutes: '（分钟）',
} as const;

export type ExportColumn = keyof typeof EXPORT_TITLES;

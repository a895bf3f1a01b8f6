import { award } from './zh-CN/award.ts';
import { backups } from './zh-CN/backups.ts';
import { books } from './zh-CN/books.ts';
import { caps } from './zh-CN/caps.ts';
import { cards } from './zh-CN/cards.ts';
import { figures } from './zh-CN/figures.ts';
import { changes } from './zh-CN/changes.ts';
import { households } from './zh-CN/households.ts';
import { imports } from './zh-CN/imports.ts';
import { office } from './zh-CN/office.ts';
import { passbook } from './zh-CN/passbook.ts';
import { rules } from './zh-CN/rules.ts';
import { shell } from './zh-CN/shell.ts';

export default {
  ...shell,
  ...award,
  ...households,
  ...caps,
  ...cards,
  ...changes,
  ...passbook,
  ...imports,
  ...rules,
  ...office,
  ...books,
  ...backups,
  ...figures,
} as const;

import type { SameKeys } from '../../i18n/types.ts';
import { award } from './en/award.ts';
import { backups } from './en/backups.ts';
import { books } from './en/books.ts';
import { caps } from './en/caps.ts';
import { cards } from './en/cards.ts';
import { figures } from './en/figures.ts';
import { changes } from './en/changes.ts';
import { households } from './en/households.ts';
import { imports } from './en/imports.ts';
import { office } from './en/office.ts';
import { passbook } from './en/passbook.ts';
import { rules } from './en/rules.ts';
import { shell } from './en/shell.ts';
import type chinese from './zh-CN.ts';

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
} satisfies SameKeys<typeof chinese>;

import { notices } from './zh-CN/notices.ts';
import { papers } from './zh-CN/papers.ts';
import { practice } from './zh-CN/practice.ts';
import { returns } from './zh-CN/returns.ts';
import { sending } from './zh-CN/sending.ts';
import { serving } from './zh-CN/serving.ts';
import { station } from './zh-CN/station.ts';

export default {
  ...station,
  ...serving,
  ...sending,
  ...papers,
  ...notices,
  ...practice,
  ...returns,
} as const;

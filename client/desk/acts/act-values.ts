import { isMark, MARKS } from '../../../shared/outbox/mark-words.ts';
import { capOfCode } from '../../../shared/rules/caps.ts';
import { DECIDERS, isDecider } from '../../../shared/rules/decider-words.ts';
import { STAFF_ROLES } from '../../../shared/roles.ts';
import { hoursOf } from '../../../shared/workdays/hours.ts';
import type { AnswerOf } from '../../api/index.ts';
import type { Format } from '../../i18n/format.ts';
import type { Language } from '../../i18n/types.ts';
import { capInWords } from '../rules/cap-words.ts';
import type { DeskText } from '../text.ts';

export type OwnAct = AnswerOf<'acts.ofHousehold'>['items'][number];
export type Change = OwnAct['changes'][number];
type Value = Change['was'];

export interface Speech {
  readonly t: DeskText['t'];
  readonly format: Format;
  readonly language: Language;
}

/** The words of an act or a field in the language of the page. The answers carry both. */
export function inLanguage(
  { zh, en }: { readonly zh: string; readonly en: string },
  language: Language,
): string {
  return language === 'en' ? en : zh;
}

/** A change in one line: from what to what, or just to what where there was nothing before. */
export function sayChange({ unit, was, is }: Pick<Change, 'unit' | 'was' | 'is'>, speech: Speech): string {
  const [before, after] = [was, is].map((value) => sayValue(unit, value, speech));
  if (!before) return after ?? '';
  return `${before} → ${after === '' ? speech.t('acts.emptied') : after}`;
}

/** A value as its unit wants it; empty where there was nothing. */
export function sayValue(unit: Change['unit'], value: Value, speech: Speech): string {
  if (value === undefined || value === null || value === '') return '';
  if (Array.isArray(value)) {
    const between = speech.t(unit === 'cap' ? 'caps.and' : 'desk.and');
    return value.map((one) => sayOne(unit, one, speech)).join(between);
  }
  return sayOne(unit, value, speech);
}

function sayOne(unit: Change['unit'], value: string | number | boolean, speech: Speech): string {
  const { t, format } = speech;
  if (typeof value === 'boolean') return t(value ? 'acts.yes' : 'acts.no');
  if (unit === 'roles') {
    const role = STAFF_ROLES.find((one) => one === value);
    return role === undefined ? String(value) : t(`staff.role.${role}`);
  }
  if (typeof value === 'string') return sayWord(unit, value, speech);
  if (unit === 'points') return t('acts.points', { points: format.points(value) });
  if (unit === 'yuan') return format.yuan(value);
  if (unit === 'minutes') return t('acts.hours', { n: hoursOf(value) });
  return unit === 'moment' ? format.moment(value) : String(value);
}

function sayWord(unit: Change['unit'], value: string, { t, format, language }: Speech): string {
  if (unit === 'mark' && isMark(value)) return inLanguage(MARKS[value], language);
  if (unit === 'decider' && isDecider(value)) return inLanguage(DECIDERS[value], language);
  const cap = unit === 'cap' ? capOfCode(value) : null;
  return cap === null ? value : capInWords(cap, { t }, format);
}

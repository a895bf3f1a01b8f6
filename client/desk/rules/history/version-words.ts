import { DECIDERS } from '../../../../shared/rules/decider-words.ts';
import { worthInFigures } from '../../../../shared/rules/worth.ts';
import type { AnswerOf } from '../../../api/index.ts';
import type { Format } from '../../../i18n/format.ts';
import type { Language } from '../../../i18n/types.ts';
import { inLanguage } from '../../acts/act-values.ts';
import type { DeskText } from '../../text.ts';
import { limitInWords } from '../cap-words.ts';
import { proposerInWords } from '../proposer-words.ts';
import { marksOf } from '../rule-marks.ts';

export type Version = AnswerOf<'rules.versions'>['items'][number];
type Worth = Pick<Version, 'pointsMode' | 'points' | 'pointsMin' | 'pointsMax' | 'perUnit' | 'options'>;
type Decision = Pick<Version, 'decidedBy' | 'decidedOn'>;

export interface Speech {
  readonly text: DeskText;
  readonly format: Format;
  readonly language: Language;
}

/** The worth of a deed in one line: "+5 分", "中职 +3 / 本科 +5 分". */
export function worthLine(rule: Worth, { text: { t }, format }: Speech): string {
  if (rule.pointsMode === 'none') return t('rules.noPoints');
  const figures = worthInFigures(rule, format);
  return figures === '' ? t('rules.judgedPoints') : t('rules.versions.points', { points: figures });
}

/** Tells who decided a version and when, also where nobody wrote it down. */
export function decisionLine(
  { decidedBy, decidedOn }: Decision,
  { text: { t }, format, language }: Speech,
): string {
  if (decidedBy === null) return t('rules.versions.notDecided');
  const who = inLanguage(DECIDERS[decidedBy], language);
  return decidedOn === null
    ? t('rules.versions.decided', { who })
    : t('rules.versions.decidedAt', { who, day: format.day(decidedOn) });
}

export function filingLine({ filedOn }: Pick<Version, 'filedOn'>, { text: { t }, format }: Speech): string {
  return filedOn === null
    ? t('rules.versions.notFiled')
    : t('rules.versions.filed', { day: format.day(filedOn) });
}

interface Compared {
  readonly name: string;
  readonly label: string;
  readonly one: string;
  readonly other: string;
  readonly differs: boolean;
}

/** Sets beside each other, in words, how two versions put each item of a rule. */
export function compareVersions(one: Version, other: Version, speech: Speech): Compared[] {
  const { text, format } = speech;
  const { t } = text;
  const lines: readonly (readonly [name: string, label: string, of: (version: Version) => string])[] = [
    ['title', t('rules.wording'), ({ title }) => title],
    ['category', t('rules.category'), ({ category }) => category],
    ['worth', t('rules.worth'), (version) => worthLine(version, speech)],
    ['limit', t('rules.limit'), (version) => limitInWords(version, text, format)],
    ['proposer', t('rules.proposer'), ({ proposer }) => proposerInWords(proposer, text)],
    ['evidence', t('rules.evidence'), ({ evidence }) => evidence],
    ['marks', t('rules.marks'), (version) => marksOf(version, text).join(' · ')],
    ['state', t('rules.state'), ({ enabled }) => t(enabled ? 'rules.on' : 'rules.off')],
  ];
  return lines.map(([name, label, of]) => {
    const [said, saidLater] = [of(one), of(other)];
    const none = t('parts.none');
    return { name, label, one: said || none, other: saidLater || none, differs: said !== saidLater };
  });
}

/** How two versions came about: that differs always, and is not marked. */
export function comparedDecisions(one: Version, other: Version, speech: Speech): Compared[] {
  const { text, format } = speech;
  const { t } = text;
  const lines: readonly (readonly [name: string, label: string, of: (version: Version) => string])[] = [
    ['from', t('rules.versions.effectiveFrom'), ({ effectiveFrom }) => format.day(effectiveFrom)],
    ['decided', t('rules.versions.decidedBy'), (version) => decisionLine(version, speech)],
    ['filed', t('rules.versions.filedOn'), (version) => filingLine(version, speech)],
    [
      'changed',
      t('rules.versions.changedBy'),
      ({ changedBy: who, changedAtMs }) => t('rules.changed', { who, when: format.moment(changedAtMs) }),
    ],
  ];
  return lines.map(([name, label, of]) => ({ name, label, one: of(one), other: of(other), differs: false }));
}

import type { ErrorSentences } from './sentence.ts';

/** What happened, whether points moved, what to do: papers that are handed in, and the rule book. */
export const enPapers = {
  'paper.unreadable': {
    title: 'Cannot read the file',
    detail: '[{en} ]The file could not be read; nothing was written. Use an .xlsx, .xls or .csv file.',
  },
  'paper.too_large': {
    title: 'File too large',
    detail:
      '[{en} ]The file is too large and was not read; nothing was written. Split it into several files.',
  },
  'paper.too_many': {
    title: 'Too many files that are not confirmed',
    detail:
      'The village has uploaded too many files that nobody has confirmed yet[: at most {limitMb} MB together]. This one was not kept; nothing was written. Confirm those that are there, or come back in a few days: what is not confirmed goes after a week.',
  },
  'paper.not_found': {
    title: 'No such import',
    detail: 'This import was not found; nothing was written. Upload the file again.',
  },
  'paper.committed': {
    title: 'Already imported',
    detail: 'This import was written before and not again; no points moved again. Look at its result.',
  },
  'paper.nothing': {
    title: 'Nothing to write',
    detail:
      'No row of the file can be written; nothing was written. Correct what is named and upload it again.',
  },
  'rule.not_found': {
    title: 'No such rule',
    detail: 'This rule was not found; no points moved. Reload and choose again.',
  },
  'rule.code_taken': {
    title: 'Code taken',
    detail: 'This rule code[ ({code})] belongs to another rule; nothing was saved. Choose another code.',
  },
  'rule.disabled': {
    title: 'Rule switched off',
    detail: 'This rule is switched off; nothing was sent, no points moved. Choose another rule.',
  },
  'rule.points': {
    title: 'Points do not fit the rule',
    detail:
      'The points do not fit the rule[ (it allows {least:points} to {most:points})]; nothing was sent, no points moved. Enter what the rule says[ ({least:points} to {most:points})].',
  },
  'rule.cap_incomplete': {
    title: 'The cap is incomplete',
    detail:
      'A cap names a period, and how often or how many points at most; nothing was saved, no points moved. Complete it, or choose “no limit”.',
  },
  'rule.cap_times': {
    title: 'The rule’s cap is reached',
    detail:
      'This goes over the rule’s cap[: {group}][ no. {number}][ {head}][, “{code} {title}”][ allows {limit} × {period:every}][, and {when:when} already has {used}][ ({waiting} of them waiting)][; also {others:list}][, {count} households in all]. No points moved. Take out the households at the cap and try again.',
  },
  'rule.cap_points': {
    title: 'More than the rule’s cap',
    detail:
      'This goes over the rule’s cap[: {group}][ no. {number}][ {head}][, “{code} {title}”][ allows {limit:points} points {period:every}][, and {when:when} already has {used:points}][ ({waiting} deeds of it waiting)][, {left:points} are left][, this one is {wanted:points}][; also {others:list}][, {count} households in all]. No points moved. Give fewer points, or take out the households at the cap and try again.',
  },
  'rule.forbidden_subject': {
    title: 'Not for points to judge',
    detail:
      'Points must not depend on petitions, faith, speech or births; the rule was not put in force, no points moved. Change its wording, or leave it switched off.',
  },
} satisfies Partial<ErrorSentences>;

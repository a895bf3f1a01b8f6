import type { SameKeys } from '../../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  budget: {
    title: 'Points budget of {month}',
    whole: 'The village',
    ofRest: 'All other categories',
    line: '{month}: budget of {allotted} points, {figures}.',
    lineOfHead: '{month}, {head}: budget of {allotted} points, {figures}.',
    lineOfRest: '{month}, all other categories: budget of {allotted} points, {figures}.',
    tight: '{head}: {coming} points are on their way, and {left} are left.',
    tightRest: 'All other categories: {coming} points are on their way, and {left} are left.',
    spent: '{points} given',
    waiting: '{points} waiting',
    onNotice: '{points} on notice',
    contested: '{points} contested',
    left: '{points} left',
    leftWords: '{points} points left',
    over: 'This needs {wanted} points, and {left} are left of the month’s budget: it cannot be approved. Take some out, or wait for next month.',
    overOnNotice:
      'This needs {wanted} points; without those on notice, {left} are left of the month’s budget. What it has no points for when a notice ends is posted next month.',
    settings: {
      title: 'Monthly points budget',
      on: 'Set a budget for the awards of a month',
      onHint:
        'All awards that are posted in a month together give no more than this. What is too much cannot be approved; what was on notice waits for the next month. Setting or lowering it counts at once; raising it, or doing without, needs a second person.',
      off: 'No budget: those who approve see to it how much a month gives.',
      total: 'The most points that a month gives',
      totalHint: 'Everything counts that is given from then on, and nothing that was given before.',
      heads: 'Of which some categories have a part of their own',
      headsLead: 'Those without a figure share the rest.',
      head: '{head} at most',
      rest: 'The rest of {points} points is for the categories without a part of their own.',
      restNone: 'Nothing is left for the categories without a part of their own.',
    },
  },
} satisfies SameKeys<typeof chinese>;

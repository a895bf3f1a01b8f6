export const caps = {
  caps: {
    times: 'at most {n} time {period} | at most {n} times {period}',
    points: 'at most {points} points {period}',
    and: '{one}, {other}',
    note: '{text} (only a note; not enforced)',
    noteBrief: '{text} (a note)',
    noteHint:
      'These words are only a note; they are not enforced. For a cap choose a period, and enter times or points.',
    fill: 'Enforce “{cap}”',
    counted: 'This rule: {cap}, counted by this date.',
    added: '{used}/{most} awarded {when}',
    addedPoints: '{used}/{most} points awarded {when}',
    taken: '{used}/{most} deducted {when}',
    takenPoints: '{used}/{most} points deducted {when}',
    waiting: '{n} waiting',
    full: 'at the cap',
    this: {
      day: 'today',
      week: 'this week',
      month: 'this month',
      quarter: 'this quarter',
      year: 'this year',
    },
    then: {
      day: 'that day',
      week: 'that week',
      month: 'that month',
      quarter: 'that quarter',
      year: 'that year',
    },
    warning: '{n} household is at the cap of this rule | {n} households are at the cap of this rule',
    warningHint:
      'Sent with them, the whole batch is refused. Take them out, or choose another day or another rule.',
    more: '… and {n} more',
    takeOut: 'Take out this household | Take out these {n} households',
  },
};

export const vouch = {
  vouch: {
    titleTwo: 'Two volunteers vouch for this household',
    titleSecond: 'Another volunteer types a PIN too',
    leadTwo:
      'No card was scanned and the household has no PIN. If two volunteers know it and agree to so many points, each types their own PIN; its passbook will say who. {left} pts may still be redeemed so this month. Nothing has been deducted.',
    leadCard:
      'This household got a new card on {since}: for 24 hours another volunteer, who knows it and agrees to so many points, types a PIN too. Nothing has been deducted.',
    leadPin:
      'This household got a new PIN on {since}: for 24 hours another volunteer, who knows it and agrees to so many points, types a PIN too. Nothing has been deducted.',
    grown: 'The basket grew, so the PIN before does not count: type it again.',
    choose: 'Tap your name',
    given: '{name} has typed the PIN',
    ask: '{name}, type your own PIN',
    label: 'PIN of the volunteer',
    nobody: 'No other volunteer can vouch',
    nobodyLead:
      'Nothing was deducted. Another confirmed volunteer is needed here; or the committee hands it in on the household’s page and an approver agrees; or wait until 24 hours are over.',
    nobodyLeadTwo:
      'Nothing was deducted. Two confirmed volunteers are needed; or the household gets a new card at the office and asks there that it may be used at once.',
    over: 'More than may be vouched for this month',
    overLead:
      'Nothing was deducted. Take something out, or the household gets a new card at the office and asks there that it may be used at once.',
  },
};

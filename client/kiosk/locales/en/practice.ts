export const practice = {
  practice: {
    begin: 'Practice',
    band: 'Practice, not booked',
    end: 'Leave it',
    cards: 'A tap stands for scanning the card',
    card: '{head} {number}',
    pin: 'PIN for practice: {pin}',
    slip: 'PRACTICE, NOT VALID',
    group: 'Practice group',
    volunteer: 'Practice',
    heads: 'Zhang San、Li Si、Wang Wu',
    initials: 'ZS、LS、WW',
    categories: 'Food、Household、Tools',
    unit: 'piece',
    goods: 'Rice、Towel、Hoe、Rapeseed oil、Basin、Gloves、Noodles、Soap、Spade、Salt、Washing powder、Broom',
    unknown: {
      title: 'No such household in the practice',
      detail:
        'There are only the few households on the screen, and their PIN stands there too. No points were moved.',
    },
    wrongPin: {
      title: 'Wrong PIN',
      detail: 'The PIN for practice stands on the screen. No points were moved.',
    },
    refused: {
      title: 'Not possible in the practice',
      detail:
        'Points or goods are not enough. No points were moved; end the practice and begin anew to start fresh.',
    },
  },
};

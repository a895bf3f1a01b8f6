export const find = {
  find: {
    title: 'Find by name',
    label: 'Name of the head, or initials in pinyin',
    hint: 'for example WXM',
    letters: 'Letters',
    clear: 'Clear',
    lead: 'Type a surname, a name, or two initials and more. Names are masked for privacy: go by group and number.',
    nobody: 'Nobody found. Try another character, or one more initial; no points were moved.',
    more: 'There are others: type one more character.',
    copied:
      'No network: this is what the device keeps. The balance can be seen; to hand anything out, scan the card.',
  },
};

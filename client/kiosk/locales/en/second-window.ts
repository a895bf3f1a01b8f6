export const aside = {
  aside: {
    title: 'The shop desk is open in another window',
    lead: 'One window for one device, so that two baskets do not mix. Nothing was done here, no points were moved. Go back to that window; if you cannot find it, press the button to go on here.',
    takeOver: 'Go on here',
  },
};

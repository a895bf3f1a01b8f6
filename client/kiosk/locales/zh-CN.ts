export default {
  kiosk: { title: '兑换台' },
} as const;

export default {
  signatures: { menu: '监督签字' },
} as const;

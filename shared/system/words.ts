import type { Tags } from '../sentence.ts';

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  system: {
    zh: '给监控和负载均衡用：活着与就绪分开回答，不含任何人的信息。',
    en: 'For watchdogs and load balancers: alive and ready are answered apart, with nothing about anybody.',
  },
} as const satisfies Tags;

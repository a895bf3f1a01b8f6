import type { Tags } from '../sentence.ts';

export const tags = {
  https: {
    zh: '安全连接（https）：超市和村委的设备装什么证书、用哪个端口；农户的手机不用。',
    en: 'https for the devices of shop and office: which certificate they install, and the port. Households need none.',
  },
} as const satisfies Tags;

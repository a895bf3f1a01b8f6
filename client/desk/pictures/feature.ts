import type { Feature } from '../shell/feature-contract.ts';
import chinese from './locales/zh-CN.ts';

declare module '../text.ts' {
  interface DeskWords {
    readonly photos: (typeof chinese)['photos'];
  }
}

export const pictures: Feature = {
  name: 'pictures',
  chinese,
};

import { textOf, type FaceCatalogues } from '../i18n/index.ts';
import chinese from './locales/zh-CN.ts';

/** For the `parts` of a face that has a camera. */
export const cameraWords: FaceCatalogues = { chinese, english: () => import('./locales/en.ts') };

export const useCameraText = textOf<typeof chinese>();

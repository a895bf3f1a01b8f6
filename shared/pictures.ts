/** What a photo is for: evidence of a deed is for staff alone, a photo of goods for everybody. */
export const PICTURE_PURPOSES = ['evidence', 'goods'] as const;
export type PicturePurpose = (typeof PICTURE_PURPOSES)[number];

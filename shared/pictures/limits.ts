import { API_BASE } from '../api-base.ts';

/** What a photo is for: evidence of a deed is for staff alone, a photo of goods for everybody. */
export const PICTURE_PURPOSES = ['evidence', 'goods'] as const;
export type PicturePurpose = (typeof PICTURE_PURPOSES)[number];

/** What the server takes at most; the desk makes photos smaller than that before it sends them. */
export const PICTURE_BYTES_MOST = 400 * 1024;
export const PICTURE_SIDE_MOST = 2048;
/** Photos with one deed. */
export const EVIDENCE_MOST = 6;

const MB = 1024 * 1024;
/**
 * Photos that nothing shows yet: those of awards and goods that somebody is still filling in. One person's, and all of
 * a village's, so that photos nobody means to use do not fill the disk.
 */
export const UNUSED_PICTURES_MOST = {
  own: { count: 60, bytes: 12 * MB },
  village: { count: 300, bytes: 48 * MB },
} as const;

/** Where a photo of goods is shown to everybody; the picture behind an address never changes. */
export function goodsPictureUrl(villageId: string, pictureId: string): string {
  return `${API_BASE}/pictures/goods/${villageId}/${pictureId}`;
}

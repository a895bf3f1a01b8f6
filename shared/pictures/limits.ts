import { API_BASE } from '../api-base.ts';

/** The purpose of a photo: evidence of a deed is for staff alone, a photo of goods for everybody. */
export const PICTURE_PURPOSES = ['evidence', 'goods'] as const;
export type PicturePurpose = (typeof PICTURE_PURPOSES)[number];

/** The limits of the server. The desk makes photos smaller than that before it sends them. */
export const PICTURE_BYTES_MOST = 400 * 1024;
export const PICTURE_SIDE_MOST = 2048;
/** Photos with one deed. */
export const EVIDENCE_MOST = 6;

const MB = 1024 * 1024;
/**
 * Limits for photos that nothing shows yet, because somebody is still filling in their award or goods. They hold for
 * one person and for a village, so that unused photos do not fill the disk.
 */
export const UNUSED_PICTURES_MOST = {
  own: { count: 60, bytes: 12 * MB },
  village: { count: 300, bytes: 48 * MB },
} as const;

/** The public address of a photo of goods. The picture behind an address never changes. */
export function goodsPictureUrl(villageId: string, pictureId: string): string {
  return `${API_BASE}/pictures/goods/${villageId}/${pictureId}`;
}

import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { id, idParams } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { PICTURE_PURPOSES } from './limits.ts';

/** Larger than the limit for photos, so that most photos that are too large get a refusal that explains it. */
const PICTURE_UPLOAD_BYTES_MAX = 1024 * 1024;

export const operations = {
  'pictures.add': {
    untraced: 'A photo is nothing until a proposal or an item shows it, which names it',
    summary: 'Hand in a photo (JPEG); everything the camera noted in it is dropped',
    summaryZh: '交一张照片（JPEG）；相机写在里面的东西全部去掉',
    access: 'picture.add',
    params: z.object({ purpose: z.enum(PICTURE_PURPOSES) }),
    bodyType: 'application/octet-stream',
    bodyBytesMax: PICTURE_UPLOAD_BYTES_MAX,
    response: z.object({ id, width: z.int(), height: z.int(), bytes: z.int() }),
    errors: ['auth.forbidden', 'picture.not_jpeg', 'picture.broken', 'picture.too_large', 'picture.too_many'],
  },
  'pictures.get': {
    summary: 'A photo, for staff of its village',
    summaryZh: '一张照片，给本村工作人员看',
    access: 'picture.read',
    params: idParams,
    response: 'picture',
    errors: ['picture.not_found'],
  },
  'pictures.ofGoods': {
    summary: 'A photo of goods, for everybody; what is behind an address never changes',
    summaryZh: '一张商品照片，人人可看；一个地址后面的照片永远不变',
    access: 'picture.show',
    params: z.object({ villageId: id, id }),
    response: 'picture',
    errors: ['picture.not_found'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { errorWords, tags } from './words.ts';

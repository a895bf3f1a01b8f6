import { looksLikeAddress } from '../../../shared/households/address.ts';

/** The contract takes no other values in a household's fields. The form says so before anything is sent. */

export const isHead = (text: string) => text.trim() !== '';
export const isNumber = (text: string) =>
  !looksLikeAddress(text) && /^[0-9A-Za-z\u4e00-\u9fff-]{1,20}$/.test(text.trim());
/** Empty: not known. */
export const isSize = (text: string) => /^([1-9]|[12]\d|30)?$/.test(text.trim());
export const isPhone = (text: string) => /^([0-9-]{5,20})?$/.test(text.trim());

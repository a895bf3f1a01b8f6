/** The program's name, the same in both languages. */
export const PRODUCT_NAME = '积善 Jishan';

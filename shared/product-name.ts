/** The program's name, the same in both languages. */
export const PRODUCT_NAME = '积善 Jishan';

/** The character on the village's seal. */
export const SEAL = '善';

import type { StartCheck } from './acts/index.ts';
import { MODULES } from './modules.ts';

/** The checks by which every domain compares its rows with the book. */
export const BOOK_CHECKS: readonly StartCheck[] = MODULES.flatMap(({ checks }) => checks ?? []);

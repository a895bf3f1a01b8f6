import type { Sentences } from '../../i18n/types.ts';

const catalogues = import.meta.glob<{ default: Sentences }>('../*/locales/en.ts', { eager: true });

/** The English words of the shell and of every feature: one file, fetched when somebody chooses English. */
export default Object.assign({}, ...Object.values(catalogues).map((one) => one.default)) as Sentences;

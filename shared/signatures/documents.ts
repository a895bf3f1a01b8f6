import { z } from 'zod';

/** The kinds of documents that a supervisor signs. */
export const SUPERVISOR_KINDS = ['opening', 'week'] as const;
/** The kinds of documents that are frozen and signed. */
export const DOCUMENT_KINDS = [...SUPERVISOR_KINDS, 'handover', 'notice'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** SHA-256 of a document's bytes. */
export const documentHash = z.string().regex(/^[\da-f]{64}$/);

/** A supervisor signs the opening of the books within so many days after it. */
export const OPENING_DAYS = 5;
/** A supervisor signs once in so many days what there was to look at. */
export const WEEK_DAYS = 7;
/** The first list that somebody signs begins so many days before. Later ones begin where the last one ended. */
export const FIRST_LIST_DAYS = 42;

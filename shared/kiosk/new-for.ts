import { DAY_MS } from '../business-day.ts';

/** A card or PIN is new for so long, and is used with a second volunteer or the desk's agreement. */
export const NEW_FOR_MS = DAY_MS;

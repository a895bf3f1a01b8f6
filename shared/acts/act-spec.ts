import type { Language } from '../sentence.ts';

/**
 * How the value of a field is shown: as it is, as points, yuan, hours (of minutes), a time, a place in the village's own lists, what stood against a row of a device, or a cap of a rule. A digest is there for
 * verifications, and shown to nobody. An operation is said in the words of the act itself.
 */
export type FieldUnit =
  | ('text' | 'points' | 'yuan' | 'minutes' | 'moment' | 'yesNo' | 'roles' | 'household' | 'goods' | 'person')
  | ('mark' | 'cap' | 'decider')
  | ('digest' | 'operation');

export interface ActField extends Readonly<Record<Language, string>> {
  /** `text` when left out. A list shows each of its values so. */
  readonly unit?: FieldUnit;
}

/** One kind of act: what was done, said after the name of who did it, and the fields that it may have changed. */
export interface ActSpec extends Readonly<Record<Language, string>> {
  readonly fields: Readonly<Record<string, ActField>>;
}

/** The acts of a domain, by their names: `households.changed`. */
export type ActsOfDomain = Readonly<Record<`${string}.${string}`, ActSpec>>;

/** Column titles of one part of a household's own file, by the names that the code uses. */
export type Titles = Readonly<Record<string, string>>;

/** Renames the keys of a row to their titles and keeps their order. Every key needs a title, or it does not compile. */
export function titled<T extends Titles, Row extends Readonly<Partial<Record<keyof T, unknown>>>>(
  titles: T,
  row: Row & Readonly<Record<Exclude<keyof Row, keyof T>, never>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [titles[key] ?? key, value]));
}

/** Whose data a column may hold. */
type Who = 'household' | 'staff' | 'volunteer' | 'anybody';

/**
 * What ends it: `erased` when a household's data is erased by two people, `swept` by the daily sweep after its time,
 * `ended` with what it serves (a new card, a new PIN, a log-out), `kept` with the books for as long as they are.
 */
type End = 'erased' | 'swept' | 'ended' | 'kept';

/**
 * `no` says nothing about anybody. `reference` is a meaningless id that leads to somebody only through another row, and to
 * nobody once that row is erased.
 */
export type DataClass = 'no' | 'reference' | `${Who} until ${End}`;

/** A column that no table takes before it was said whether it is about a person. */
export interface Unclassified<Builder> {
  /** Says nothing about anybody. */
  plain(): Builder;
  /** An id that leads to somebody only through another row. */
  reference(): Builder;
  /** About a person: whose data it is, and what ends it. */
  personal(who: Who, until: End): Builder;
}

/** drizzle hands the configuration of a column's builder on to the column; the class travels in it. */
interface Configured {
  readonly config: { dataClass?: DataClass };
}

export function unclassified<Builder extends object>(builder: Builder): Unclassified<Builder> {
  const classified = (dataClass: DataClass): Builder => {
    (builder as unknown as Configured).config.dataClass = dataClass;
    return builder;
  };
  return {
    plain: () => classified('no'),
    reference: () => classified('reference'),
    personal: (who, until) => classified(`${who} until ${until}`),
  };
}

export function dataClassOf(column: object): DataClass {
  const { dataClass } = (column as unknown as Configured).config;
  if (dataClass === undefined) throw new Error('a column without a data class');
  return dataClass;
}

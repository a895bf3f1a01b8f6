/** The person or group whose data a column may hold. */
type Who = 'household' | 'staff' | 'volunteer' | 'anybody';

/**
 * The end of the data: `erased` when a household's data is erased by two people, `swept` by the daily sweep after
 * its time, `ended` together with the card, PIN or log-in it belongs to, `kept` with the books for as long as they
 * are.
 */
type End = 'erased' | 'swept' | 'ended' | 'kept';

/**
 * `no` says nothing about anybody. `reference` is a meaningless id that leads to somebody only through another row, and to
 * nobody once that row is erased.
 */
export type DataClass = 'no' | 'reference' | `${Who} until ${End}`;

/** A column before its class is known: no table takes it yet. */
export interface Unclassified<Builder> {
  /** The column says nothing about anybody. */
  plain(): Builder;
  /** The column has an id that leads to somebody only through another row. */
  reference(): Builder;
  /** The column is about a person: `who` owns the data, and `until` ends it. */
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

import type { Db } from '#engine';
import type { Tables } from './tables/index.ts';

interface Executable<R> {
  execute(values?: Record<string, unknown>): R | Promise<R>;
}

interface Source {
  readonly db: Db;
  readonly t: Tables;
}

/** Prepared queries of one connection, by name. */
export class PreparedCache {
  private readonly byName = new Map<string, Executable<unknown>>();
  private readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }

  async run<R>(
    name: string,
    build: (source: Source) => { prepare(name: string): Executable<R> },
    values: Record<string, unknown>,
  ): Promise<R> {
    let query = this.byName.get(name) as Executable<R> | undefined;
    if (!query) {
      query = build(this.source).prepare(name);
      this.byName.set(name, query);
    }
    return query.execute(values);
  }
}

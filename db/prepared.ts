import type { Db } from '#engine';
import type { Tables } from './tables/index.ts';

export interface Source {
  readonly db: Db;
  readonly t: Tables;
}

export type Values = Record<string, unknown>;
type Run = (values: Values) => unknown;

interface Builder {
  prepare(name: string): unknown;
}

/** PostgreSQL cuts longer names off, and takes two that begin alike for one. */
const NAME_MOST = 63;

/** Keeps the prepared queries of one connection, by name. `compile` makes them ready to run. */
export class PreparedCache {
  private readonly byName = new Map<string, Run>();
  private readonly source: Source;
  private readonly compile: (prepared: unknown) => Run;

  constructor(source: Source, compile: (prepared: unknown) => Run) {
    this.source = source;
    this.compile = compile;
  }

  run(name: string, build: (source: Source) => Builder, values: Values): unknown {
    let run = this.byName.get(name);
    if (!run) {
      if (name.length > NAME_MOST) throw new Error(`${name} is too long for the name of a statement`);
      run = this.compile(build(this.source).prepare(name));
      this.byName.set(name, run);
    }
    return run(values);
  }
}

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
      run = this.compile(build(this.source).prepare(name));
      this.byName.set(name, run);
    }
    return run(values);
  }
}

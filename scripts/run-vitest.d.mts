interface Ran {
  readonly files: readonly {
    readonly file: string;
    readonly ms: number;
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
  }[];
  readonly errors: number;
}

export function lastWord(first: Ran, second: Ran, again: readonly string[]): [ran: Ran, unsteady: string[]];

import type { Tx, WrittenRow } from '../../db/index.ts';
import { type Ask, type Asks, type Known, together, type WorkingSet } from './read.ts';

/** The outcome of a decision. Nothing of it is written yet. */
export type Plan<Answer> = {
  readonly rows: readonly WrittenRow[];
} & (
  | { readonly answer: Answer; readonly work?: undefined }
  /**
   * The part that cannot be decided from reads by key, such as an erasure that touches every domain. It is done in
   * the same transaction after the rows are written. If it throws, nothing of the command stands. It shares its
   * transaction with no command before it.
   */
  | { readonly work: (tx: Tx) => Promise<Answer> }
);

interface CommandSpec<Input, At, First extends Asks, Second extends Asks, Answer> {
  /** Names the reads that the input alone tells. */
  readonly reads: (input: Input, at: At) => First;
  /** Names the reads that depend on those. It is asked also where `decide` will refuse, so it bears what was not found. */
  readonly then?: (known: Known<First>, input: Input, at: At) => Second;
  /** Decides from what is known, or throws a Refusal. It asks no database, no clock and no dice: those are in `at`. */
  readonly decide: (known: Known<First> & Known<Second>, input: Input, at: At) => Plan<Answer>;
}

/** A kind of command. */
export interface Command<Input, At, Answer> {
  /** The command with its input, ready to be run. */
  with(input: Input, at: At): Call<Answer>;
}

/** A command that somebody gave, its types set aside. */
export interface Call<Answer> {
  first(): Ask<unknown>;
  /** Needs the answers to `first`. */
  second(set: WorkingSet): Ask<unknown>;
  /** Needs the answers to both, and follows `second` without anything between. */
  decide(set: WorkingSet): Plan<Answer>;
}

/** Declares a kind of command: `command<Input, At>()({ reads, then, decide })`. */
export function command<Input, At>() {
  return <First extends Asks, Answer, Second extends Asks = First>(
    spec: CommandSpec<Input, At, First, Second, Answer>,
  ): Command<Input, At, Answer> & CommandSpec<Input, At, First, Second, Answer> => ({
    ...spec,
    with(input, at) {
      const first = together(spec.reads(input, at));
      let next: Ask<unknown> = NOTHING;
      return {
        first: () => first,
        second(set) {
          next = spec.then ? together(spec.then(first.pick(set), input, at)) : NOTHING;
          return next;
        },
        decide(set) {
          const known = Object.assign(first.pick(set), (next as Ask<Known<Second>>).pick(set));
          return spec.decide(known, input, at);
        },
      };
    },
  });
}

/** The same call, decided only if `check` throws nothing. One that was done before is answered without asking it. */
export function onlyIf<Answer>(check: () => void, call: Call<Answer>): Call<Answer> {
  return {
    first: () => call.first(),
    second: (set) => call.second(set),
    decide(set) {
      check();
      return call.decide(set);
    },
  };
}

/** The same call with its answer made into another. */
export function answeredBy<Answer, Other>(call: Call<Answer>, to: (answer: Answer) => Other): Call<Other> {
  return {
    first: () => call.first(),
    second: (set) => call.second(set),
    decide(set) {
      const plan = call.decide(set);
      const { rows, work } = plan;
      return work ? { rows, work: async (tx) => to(await work(tx)) } : { rows, answer: to(plan.answer) };
    },
  };
}

const NOTHING: Ask<unknown> = together({});

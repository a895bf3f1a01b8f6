import type { Api, Outcome } from '../../client/api/index.ts';
import { readProblem } from '../../client/api/outcome.ts';

/** A call that waits until the test answers it. */
interface HeldCall {
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly answer: (data: unknown) => Promise<void>;
  readonly refuse: (code: string, kind?: 'refused' | 'retry' | 'bug') => Promise<void>;
  /** No answer comes. */
  readonly lose: () => Promise<void>;
}

/** An API whose calls the test answers, when and in which order it wants. */
export interface HandApi {
  readonly api: Api;
  /** All calls so far. */
  readonly calls: readonly HeldCall[];
  readonly callsOf: (id: string) => readonly HeldCall[];
  /** The latest call of this endpoint, once it was made. */
  readonly latest: (id: string) => Promise<HeldCall>;
}

export function handApi(): HandApi {
  const calls: HeldCall[] = [];
  const call = (id: string, input: Record<string, unknown> = {}) =>
    new Promise<Outcome<unknown>>((resolve) => {
      const end = async (outcome: Outcome<unknown>) => {
        resolve(outcome);
        await settled();
      };
      calls.push({
        ...{ id, input },
        key: (input.key as string | undefined) ?? '',
        body: (input.body ?? {}) as Record<string, unknown>,
        answer: (data) => end({ kind: 'answer', data, filename: null }),
        refuse: (code, kind = 'refused') =>
          end({ kind: 'problem', problem: readProblem(422, { code, kind, moved: 'no', title: code }) }),
        lose: () => end({ kind: 'unknown', reason: 'unreachable' }),
      });
    });
  const callsOf = (id: string) => calls.filter((one) => one.id === id);
  return {
    api: { call: call as unknown as Api['call'] },
    calls,
    callsOf,
    async latest(id) {
      const before = callsOf(id).at(-1);
      if (before) return before;
      await until(() => callsOf(id).length > 0, `a call of ${id}`);
      return latestOf(callsOf(id));
    },
  };
}

function latestOf(calls: readonly HeldCall[]): HeldCall {
  const last = calls.at(-1);
  if (!last) throw new Error('no such call was made');
  return last;
}

/** Lets promises and the browser's database finish what an answer has set going. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export async function until(isSo: () => boolean, what = 'it'): Promise<void> {
  for (let turn = 0; turn < 500; turn += 1) {
    if (isSo()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`${what} never came`);
}

/** Measures the memory of processes and the time of answers while something large is done. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 100;

/** The peak memory of a process and of its children during `work`, in megabytes. */
export async function peaksOf<T>(pid: number, work: () => Promise<T>) {
  const before = new Set(childrenOf(pid));
  let [own, children, isDone] = [0, 0, false];
  const watching = (async () => {
    while (!isDone) {
      own = Math.max(own, megabytesOf(pid, 'VmRSS'));
      for (const child of childrenOf(pid))
        if (!before.has(child)) children = Math.max(children, megabytesOf(child, 'VmHWM'));
      await sleep(LOOK_EVERY_MS);
    }
  })();
  const startedMs = performance.now();
  try {
    const result = await work();
    return { result, seconds: (performance.now() - startedMs) / 1000, ownMb: own, childMb: children };
  } finally {
    isDone = true;
    await watching;
  }
}

/** Calls `ask` at a steady pace until it is stopped, also after failures. Returns the milliseconds of each answer. */
export function pulse(everyMs: number, ask: (count: number) => Promise<unknown>) {
  const took: number[] = [];
  const pending = new Set<Promise<void>>();
  let count = 0;
  const timer = setInterval(() => {
    const startedMs = performance.now();
    const one = ask(count++).then(
      () => void took.push(performance.now() - startedMs),
      () => void took.push(performance.now() - startedMs),
    );
    pending.add(one);
    void one.then(() => pending.delete(one));
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await Promise.all(pending);
    const sorted = took.sort((a, b) => a - b);
    const share = (part: number) => Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? 0);
    return { answers: sorted.length, p50Ms: share(0.5), p99Ms: share(0.99), mostMs: share(1) };
  };
}

/** All descendants of a process. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
        .split(' ')
        .filter((word) => word !== '')
        .flatMap((word) => [Number(word), ...childrenOf(Number(word))]),
    );
  } catch {
    return [];
  }
}

function megabytesOf(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

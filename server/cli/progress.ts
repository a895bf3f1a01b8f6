import type { CliDesk } from './desk.ts';

const QUIET_MS = 2000;

type Say = (what: string, done: number, total: number) => void;

/** Reports the progress of long work every two seconds; short work reports nothing. */
export function progressOn({ note, clock }: Pick<CliDesk, 'note' | 'clock'>): Say {
  let saidMs = clock();
  return (what, done, total) => {
    const nowMs = clock();
    if (nowMs - saidMs < QUIET_MS || total === 0) return;
    saidMs = nowMs;
    note(`${what} ${String(Math.min(100, Math.floor((done * 100) / total)))} %`);
  };
}

import { Worker } from 'node:worker_threads';
import type { PaperKind, PaperReading } from '../../shared/imports/papers.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Paper } from './read-paper.ts';
import { unreadable } from './unreadable.ts';

/** Many times longer than the largest paper takes on a small machine. */
const READ_MS_MAX = 15_000;
/** Limit for the thread's own heap. The largest paper takes half of it. */
const MEMORY_MB_MAX = 512;
const WAITING_MAX = 8;

export interface PaperReader {
  /** Throws the refusals of `readPaper`. A paper that takes too long or too much memory counts as damaged. */
  read(kind: PaperKind, paper: Paper): Promise<PaperReading>;
}

/**
 * Reads papers in a thread of their own, one at a time, so that no file can block the server or take its memory. The
 * library that reads spreadsheets loops for ever on some damaged formulas.
 */
export function paperReader(readMsMax: number = READ_MS_MAX): PaperReader {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    async read(kind, paper) {
      if (waiting >= WAITING_MAX) throw new Refusal('request.too_many', { seconds: 60 });
      waiting += 1;
      const reading = last.then(() => readInThread(kind, paper, readMsMax));
      last = reading.catch(() => undefined);
      try {
        return await reading;
      } finally {
        waiting -= 1;
      }
    },
  };
}

type Answer = { readonly reading: PaperReading } | { readonly refused: Pick<Refusal, 'code' | 'params'> };

async function readInThread(kind: PaperKind, paper: Paper, readMsMax: number): Promise<PaperReading> {
  const thread = new Worker(new URL('paper-thread-main.mjs', import.meta.url), {
    workerData: { kind, paper },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX },
  });
  try {
    return await answerOf(thread, readMsMax);
  } finally {
    await thread.terminate();
  }
}

function answerOf(thread: Worker, readMsMax: number): Promise<PaperReading> {
  return new Promise((resolve, reject) => {
    const tooLong = setTimeout(() => reject(unreadable('file_damaged')), readMsMax);
    thread.once('message', (answer: Answer) => {
      if ('reading' in answer) resolve(answer.reading);
      else reject(new Refusal(answer.refused.code, answer.refused.params));
    });
    thread.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? unreadable('file_damaged') : error),
    );
    thread.once('exit', () => {
      clearTimeout(tooLong);
      reject(new Error('the thread that reads papers ended without an answer'));
    });
  });
}

/** A thread that reads one paper and posts the reading, or the refusal. */
import '../fast-start.mjs';
import { parentPort, workerData } from 'node:worker_threads';

const { Refusal } = await import('../../shared/errors.ts');
const { readPaper } = await import('./read-paper.ts');

parentPort?.postMessage(answer());

function answer() {
  try {
    return { reading: readPaper(workerData.kind, workerData.paper) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: { code: error.code, params: error.params } };
  }
}

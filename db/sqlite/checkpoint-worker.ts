/** Copies the log of a SQLite file into the file, each time it is told to, beside readers and a writer. */
import Database from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';

const raw = new Database(String(workerData), { timeout: 0 });
raw.pragma('synchronous = full');
const copy = raw.prepare('pragma wal_checkpoint(passive)').raw();

parentPort?.on('message', (order: 'copy' | 'close') => {
  if (order === 'close') {
    raw.close();
    parentPort?.close();
    return;
  }
  try {
    parentPort?.postMessage(copy.get());
  } catch {
    // A full disk, for one. The log keeps what was not copied.
    parentPort?.postMessage(null);
  }
});

/** Looks at every page of a database file, and says which do not fit. */
import { parentPort, workerData } from 'node:worker_threads';
import { damageIn } from './check.ts';

parentPort?.postMessage(damageIn(String(workerData)));

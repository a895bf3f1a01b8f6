/** Prints what stood on the open pages, and what running servers said of errors of theirs, when a test failed. */
import { afterEach } from 'vitest';
import { openPagesInWords } from './browser.ts';
import { errorsOfServers } from './server-process.ts';

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  console.error(`${task.name} failed\n${errorsOfServers()}\n${await openPagesInWords()}`);
});

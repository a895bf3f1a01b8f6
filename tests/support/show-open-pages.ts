/** Prints what stood on the open pages when a browser test failed. */
import { afterEach } from 'vitest';
import { openPagesInWords } from './browser.ts';

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    console.error(`${task.name}: the open pages\n${await openPagesInWords()}`);
});

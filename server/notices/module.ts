import { defineModule } from '../define-module.ts';
import { checkNotices } from './check-book.ts';
import { noticesHandlers, type NoticesServices } from './handlers.ts';
import type { ClockServices } from '../proposals/index.ts';
import { noticeClock } from './post-at-end.ts';

export const noticesModule = defineModule({
  name: 'notices',
  handlers: noticesHandlers,
  checks: [checkNotices],
  examples: async () => (await import('./examples.ts')).examples,
  jobs: (services: ClockServices & NoticesServices) => [noticeClock(services)],
});

import { defineModule } from '../define-module.ts';
import { noticesHandlers, type NoticesServices } from './handlers.ts';
import { type ClockServices, noticeClock } from './post-at-end.ts';

export const noticesModule = defineModule({
  name: 'notices',
  handlers: noticesHandlers,
  jobs: (services: ClockServices & NoticesServices) => [noticeClock(services)],
});

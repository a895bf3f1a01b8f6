import { REVIEW_HOURS } from '../../shared/notices/states.ts';
import type { NoticeNow } from './numbered-notices.ts';

/**
 * From when a notice that nobody has signed may go out: at once where no supervisor is in office.
 */
export function mayGoOutAtMs({ made }: NoticeNow, hasSupervisor: boolean): number {
  return hasSupervisor ? made.bookedAtMs + REVIEW_HOURS * 3_600_000 : made.bookedAtMs;
}

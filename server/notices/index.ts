/** Notices of approved awards, as other rooms ask about them. */
export { type HangingNotice, hangingNotices, isHanging } from './hanging.ts';
export { comingDeeds } from './coming-deeds.ts';
export { noticesToDo } from './to-do.ts';

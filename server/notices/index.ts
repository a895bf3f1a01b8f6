/** Notices of approved awards, as other rooms ask about them. */
export { isHanging, noticesOnBoard } from './hanging.ts';
export { toldDeed } from './told-deed.ts';
export { comingDeeds } from './coming-deeds.ts';
export { noticesToDo } from './to-do.ts';

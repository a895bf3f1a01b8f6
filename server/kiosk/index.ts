/** The shop's counter: kiosks, volunteers and their shifts, look-ups, hand-overs and their undoing. */
export { newThingsOf } from './allow-new.ts';
export { countToConfirm } from './confirm-volunteer.ts';
export { kioskResolver } from './devices.ts';
export { piecesHandedOut } from './handed-out.ts';
export type { Recognised } from './presence.ts';
export { createKiosk, endShifts, pairDevice, renewCode } from './kiosks.ts';
export { type Basket, type KioskAt, redeem } from './redeem.ts';
export { withoutCard, witnessesOf } from './redemption-facts.ts';
export { takenInMonth } from './redemption-rows.ts';
export { returnGoods } from './return-goods.ts';
export { actOfBegin, actsOfEnd } from './shift-acts.ts';
export { isLeftAlone, isOpen, startShift } from './shifts.ts';
export { undoRedemption } from './undo.ts';
export { changeVolunteer, createVolunteer, volunteerNames } from './volunteers.ts';
export { extendVolunteerKin } from './volunteer-kin.ts';

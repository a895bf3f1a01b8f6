/** The shop's counter: kiosks, volunteers and their shifts, look-ups, hand-overs and their undoing. */
export { newThingsOf } from './allow-new.ts';
export { countToConfirm } from './confirm-volunteer.ts';
export { kioskResolver } from './devices.ts';
export { piecesHandedOut } from './handed-out.ts';
export type { Recognised } from './presence.ts';
export { createKiosk, endShifts, pairDevice, renewCode } from './kiosks.ts';
export { redeem } from './redeem.ts';
export type { Basket, KioskAt } from './redemption-reads.ts';
export { withoutCard, witnessesOf } from './redemption-facts.ts';
export { type Receipt, receiptById } from './receipts.ts';
export { takenInMonth } from './redemption-rows.ts';
export { actOfBegin, actsOfEnd } from './shift-acts.ts';
export { isLeftAlone, isOpen, startShift } from './shifts.ts';
export { readShown } from './shown-statement.ts';
export { type KioskStatement, statementOf } from './statement.ts';
export { undoRedemption } from './undo.ts';
export { changeVolunteer, createVolunteer, volunteerNames } from './volunteers.ts';
export { extendVolunteerKin } from './volunteer-kin.ts';

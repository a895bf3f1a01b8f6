export const STAFF_ROLES = ['admin', 'committee', 'approver', 'supervisor', 'shopkeeper'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** `kiosk` is a paired device alone; `volunteer` is a person signed in on one; `public` is anybody. */
export const ROLES = [...STAFF_ROLES, 'household', 'kiosk', 'volunteer', 'public'] as const;
export type Role = (typeof ROLES)[number];

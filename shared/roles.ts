/** Somebody may have several. A supervisor has no other: whoever looks at the books has no part in what stands there. */
export const STAFF_ROLES = [
  'admin',
  'committee',
  'approver',
  'group_leader',
  'judge',
  'shopkeeper',
  'book_keeper',
  'supervisor',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** `kiosk` is a paired device alone; `volunteer` is a person signed in on one; `public` is anybody. */
export const ROLES = [...STAFF_ROLES, 'household', 'kiosk', 'volunteer', 'public'] as const;
export type Role = (typeof ROLES)[number];

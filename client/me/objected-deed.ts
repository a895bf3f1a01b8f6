import { shallowRef } from 'vue';

/** The deed that a household objects to: one on a notice, or a line of its passbook. Without a title there is none. */
export interface ObjectedTo {
  readonly proposalId?: string;
  readonly entry?: number;
  readonly title?: string;
}

/** Set while the page is open on which a household objects, and sees what it has handed in. */
export const objecting = shallowRef<ObjectedTo | null>(null);

export const object = (to: ObjectedTo | null) => (objecting.value = to);

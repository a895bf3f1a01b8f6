/** The parts of the page, in the order of the bar at its foot. The back button leads from any of them to the first. */
export const TABS = ['home', 'passbook', 'goods', 'rules'] as const;
export type Tab = (typeof TABS)[number];

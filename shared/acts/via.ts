/** The way by which somebody acted. No network address is kept. */
export const VIAS = ['desk', 'kiosk', 'phone', 'command_line', 'setup', 'server'] as const;
export type Via = (typeof VIAS)[number];

/** The name under which a paired device keeps its token. The counter writes it; a board on the same device reads it. */
export const DEVICE_TOKEN = 'jishan.kiosk.device';

/** https for the shop's and the office's devices: the village's own authority, its certificate, and the second port. */
export { boundsFor, type Identity, makeAuthority, makeCertificate } from './issue-certificates.ts';

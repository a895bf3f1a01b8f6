/** https for the shop's and the office's devices: the village's own authority, its certificate, and the second port. */
export { authorityDocument } from './authority-document.ts';
export { cleanName } from './certificate-names.ts';
export { BadCertificate, type GivenFiles, type HttpsFiles, httpsFiles, readGiven } from './https-files.ts';
export { authorityName, chosenHosts, hostOf, type HttpsRoom, namesHere } from './https-room.ts';
export { createHttpsView, type HttpsView } from './https-view.ts';
export {
  boundsFor,
  endOf,
  type Identity,
  makeAuthority,
  makeCertificate,
  namesOf,
} from './issue-certificates.ts';
export { openingAddresses } from './opening-addresses.ts';
export { namesBeyond } from './plan-certificate.ts';
export { renewCertificate } from './renew-certificate.ts';
export { openTlsDoor, type TlsDoor } from './tls-door.ts';

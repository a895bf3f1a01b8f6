import { BadCertificate, type HttpsFiles } from './https-files.ts';

/** By this type Android, Windows and iPad know that it is an authority to install. */
const MEDIA_TYPE = 'application/x-x509-ca-cert';

/** The certificate of the village's own authority, for the devices that install it; null if there is none. */
export function authorityDocument(
  files: Pick<HttpsFiles, 'authority'>,
): { readonly mediaType: string; readonly bytes: Buffer } | null {
  try {
    const authority = files.authority();
    return authority && { mediaType: MEDIA_TYPE, bytes: authority.certificate.raw };
  } catch (error) {
    if (error instanceof BadCertificate) return null;
    throw error;
  }
}

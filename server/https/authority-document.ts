import { BadCertificate, type HttpsFiles } from './https-files.ts';

/** By this type Android, Windows and iPad know that it is an authority to install. */
const MEDIA_TYPE = 'application/x-x509-ca-cert';

type Document = { readonly mediaType: string; readonly bytes: Buffer } | null;

/**
 * The certificate of the village's own authority, for the devices that install it; null if there is none. Anybody may ask, so
 * the file is read once, and again when it changes.
 */
export function authorityDocument(files: Pick<HttpsFiles, 'authority' | 'version'>): () => Document {
  let kept: { readonly version: string; readonly document: Document } | undefined;
  return () => {
    const version = files.version();
    if (kept?.version !== version) kept = { version, document: read(files) };
    return kept.document;
  };
}

function read(files: Pick<HttpsFiles, 'authority'>): Document {
  try {
    const authority = files.authority();
    return authority && { mediaType: MEDIA_TYPE, bytes: authority.certificate.raw };
  } catch (error) {
    if (error instanceof BadCertificate) return null;
    throw error;
  }
}

import type { HttpsFiles } from './https-files.ts';
import { BadCertificate } from './https-files.ts';
import { endOf, namesOf } from './issue-certificates.ts';

/** The answer to devices that ask about https. */
export interface HttpsView {
  readonly source: 'none' | 'own' | 'files' | 'brought' | 'broken';
  readonly names: string[];
  readonly endsAt: string | null;
  readonly authority: { readonly sha256: string; readonly sha1: string; readonly endsAt: string } | null;
}

const NONE: HttpsView = { source: 'none', names: [], endsAt: null, authority: null };

/** Reads the files once, and again when they change: anybody may ask. */
export function createHttpsView(files: HttpsFiles): () => HttpsView {
  let kept: { readonly version: string; readonly view: HttpsView } | undefined;
  return () => {
    const version = files.version();
    if (kept?.version !== version) kept = { version, view: viewOf(files) };
    return kept.view;
  };
}

function viewOf(files: HttpsFiles): HttpsView {
  try {
    const inUse = files.inUse();
    if (inUse === null) return NONE;
    const { source, certificate } = inUse;
    const by = source === 'own' ? (files.authority()?.certificate ?? null) : null;
    return {
      source,
      names: namesOf(certificate),
      endsAt: new Date(endOf(certificate)).toISOString(),
      authority: by && {
        sha256: by.fingerprint256.replaceAll(':', ''),
        sha1: by.fingerprint.replaceAll(':', ''),
        endsAt: new Date(endOf(by)).toISOString(),
      },
    };
  } catch (error) {
    if (error instanceof BadCertificate) return { ...NONE, source: 'broken' };
    throw error;
  }
}

import type { ImportState } from '../../../shared/imports/contract.ts';
import type { PaperKind, ReadingOptions } from '../../../shared/imports/papers.ts';
import type { Api, Outcome } from '../../api/index.ts';

const READ_MS = 120_000;
const CORRECT_MS = 60_000;

/** Uploads a paper. Scores have endpoints of their own, because others may bring them in. */
export function readPaper(
  api: Api,
  kind: PaperKind,
  { name: filename, bytes: body }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Outcome<ImportState>> {
  const sent = { query: { filename }, body, timeoutMs: READ_MS };
  return kind === 'scores'
    ? api.call('imports.readScores', sent)
    : api.call('imports.read', { params: { kind }, ...sent });
}

export function getPaper(
  api: Api,
  kind: PaperKind,
  id: string,
  signal?: AbortSignal,
): Promise<Outcome<ImportState>> {
  const sent = { params: { id }, ...(signal ? { signal } : {}) };
  return kind === 'scores' ? api.call('imports.getScores', sent) : api.call('imports.get', sent);
}

export function correctPaper(
  api: Api,
  kind: PaperKind,
  id: string,
  body: ReadingOptions,
): Promise<Outcome<ImportState>> {
  const sent = { params: { id }, body, timeoutMs: CORRECT_MS };
  return kind === 'scores' ? api.call('imports.correctScores', sent) : api.call('imports.correct', sent);
}

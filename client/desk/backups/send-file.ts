import { type Api, type AnswerOf, mayRetry, type Outcome } from '../../api/index.ts';

export interface Sending {
  readonly signal: AbortSignal;
  /** Share of the file that is there; 1 while it is verified. */
  readonly onProgress: (share: number) => void;
  /** Between two tries; the tests wait less. */
  readonly waitMs?: number;
}

const PIECE_TIMEOUT_MS = 120_000;
const VERIFY_TIMEOUT_MS = 600_000;
const TRIES = 6;
const BUSY_TRIES = 60;

/**
 * Sends a file to the server piece by piece, so that a poor line costs a piece and not the file, and no memory holds
 * it whole. Ends with the file verified and on the list; whatever else comes of it leaves nothing on the server.
 */
export async function sendFile(
  api: Api,
  file: Blob,
  { signal, onProgress, waitMs = 2_000 }: Sending,
): Promise<Outcome<AnswerOf<'backups.endUpload'>>> {
  const begun = await api.call('backups.beginUpload', { body: { bytes: file.size }, signal });
  if (begun.kind !== 'answer') return begun;
  const { upload, pieceBytesMax } = begun.data;
  const params = { upload };
  const again = async <T>(tries: number, send: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const outcome = await send();
    if (outcome.kind === 'answer' || !mayRetry(outcome) || tries <= 1 || signal.aborted) return outcome;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    return again(tries - 1, send);
  };
  for (let at = 0; at < file.size; at += pieceBytesMax) {
    onProgress(at / file.size);
    const body = new Uint8Array(await file.slice(at, at + pieceBytesMax).arrayBuffer());
    const sent = await again(TRIES, () =>
      api.call('backups.addPiece', { params, query: { at }, body, signal, timeoutMs: PIECE_TIMEOUT_MS }),
    );
    if (sent.kind === 'answer') continue;
    await api.call('backups.dropUpload', { params });
    return sent;
  }
  onProgress(1);
  const end = () => api.call('backups.endUpload', { params, timeoutMs: VERIFY_TIMEOUT_MS });
  for (let tries = BUSY_TRIES; ; tries -= 1) {
    const outcome = await end();
    const isBusy = outcome.kind === 'problem' && outcome.problem.code === 'backup.busy';
    if (!isBusy || tries <= 1) return outcome;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

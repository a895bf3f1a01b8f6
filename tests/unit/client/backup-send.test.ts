import { describe, expect, it } from 'vitest';
import type { Api, Outcome } from '../../../client/api/index.ts';
import { readProblem } from '../../../client/api/outcome.ts';
import { sendFile } from '../../../client/desk/backups/send-file.ts';

const answer = (data: unknown): Outcome<unknown> => ({ kind: 'answer', data, filename: null });
const lost: Outcome<unknown> = { kind: 'unknown', reason: 'unreachable' };
const problem = (code: string, kind: string): Outcome<unknown> => ({
  kind: 'problem',
  problem: readProblem(409, { code, kind }),
});
const DONE = { name: 'jishan-20260501-030000-upload.backup' };
const FILE = new Blob([Uint8Array.from({ length: 10 }, (_, index) => index)]);

/** A server that keeps what is sent, and answers each call as it is told, well where it is not. */
function serverThat(bad: Partial<Record<string, Outcome<unknown>[]>> = {}) {
  const kept = new Uint8Array(10);
  const calls: string[] = [];
  const call = (id: string, input: { query?: { at: number }; body?: Uint8Array }) => {
    calls.push(input.query ? `${id} ${input.query.at}` : id);
    const told = bad[id]?.shift();
    if (told) return Promise.resolve(told);
    if (input.query && input.body) kept.set(input.body, input.query.at);
    const data = id === 'backups.beginUpload' ? { upload: 'f'.repeat(24), pieceBytesMax: 4 } : DONE;
    return Promise.resolve(answer(data));
  };
  return { api: { call } as unknown as Api, calls, kept };
}

async function send({ api }: ReturnType<typeof serverThat>, signal = new AbortController().signal) {
  const shares: number[] = [];
  const outcome = await sendFile(api, FILE, { signal, onProgress: (share) => shares.push(share), waitMs: 0 });
  return { outcome, shares };
}

describe('sending a backup', () => {
  it('goes piece by piece, and ends with the file verified', async () => {
    const server = serverThat();
    const { outcome, shares } = await send(server);
    expect(outcome).toEqual(answer(DONE));
    expect([...server.kept]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(server.calls).toEqual([
      'backups.beginUpload',
      ...[0, 4, 8].map((at) => `backups.addPiece ${at}`),
      'backups.endUpload',
    ]);
    expect(shares).toEqual([0, 0.4, 0.8, 1]);
  });

  it('sends a piece again that was lost on the way', async () => {
    const server = serverThat({ 'backups.addPiece': [lost, lost] });
    expect((await send(server)).outcome).toEqual(answer(DONE));
    expect([...server.kept]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('waits while another backup is being made', async () => {
    const busy = problem('backup.busy', 'retry');
    const server = serverThat({ 'backups.endUpload': [busy, busy] });
    expect((await send(server)).outcome).toEqual(answer(DONE));
  });

  it('gives up what is refused, and has it removed', async () => {
    const refused = problem('backup.not_taken', 'refused');
    const server = serverThat({ 'backups.addPiece': [refused] });
    expect((await send(server)).outcome).toEqual(refused);
    expect(server.calls.at(-1)).toBe('backups.dropUpload');
  });

  it('stops when it is told to, and has removed what was sent', async () => {
    const ending = new AbortController();
    const server = serverThat({ 'backups.addPiece': [lost] });
    ending.abort();
    expect((await send(server, ending.signal)).outcome).toEqual(lost);
    expect(server.calls).toEqual(['backups.beginUpload', 'backups.addPiece 0', 'backups.dropUpload']);
  });
});

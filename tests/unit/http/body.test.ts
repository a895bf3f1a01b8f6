import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Request } from 'express';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OPERATIONS } from '../../../shared/contract.ts';
import { readBody } from '../../../server/http/body.ts';

const MB = 1024 * 1024;
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** A request as far as a body is read of it: its connection stays open, whatever becomes of the body. */
class Sending extends PassThrough {
  readonly headers = { 'content-type': 'application/octet-stream', 'transfer-encoding': 'chunked' };
  readonly socket = { bytesRead: 0 };
  send(bytes: number): void {
    // Each of its own, as they come from a socket.
    for (let sent = 0; sent < bytes; sent += MB) this.write(Buffer.alloc(MB, 'x'));
  }
}

function read(request: Sending, bodyMs: number) {
  const response = { setHeader: vi.fn() };
  const patience = { bodyMs, uploadBytesPerSecond: MB };
  return readBody(request as unknown as Request, response as never, OPERATIONS['imports.read'], patience);
}

describe('a body', () => {
  const sending: Sending[] = [];
  const begin = (): Sending => {
    const request = new Sending({ highWaterMark: 64 * MB });
    sending.push(request);
    return request;
  };
  const held = () => {
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  };
  afterEach(() => {
    for (const request of sending.splice(0)) request.destroy();
  });

  it('comes whole', async () => {
    const request = begin();
    const reading = read(request, 5_000);
    request.write('123');
    request.end('456');
    expect(String(await reading)).toBe('123456');
  });

  it.each([
    ['late', 8 * MB, 100, 'request.slow'],
    ['too large', 11 * MB, 5_000, 'request.too_large'],
  ])('that is %s holds nothing while its connection stays open and more of it comes', async (...row) => {
    const [, bytes, bodyMs, code] = row;
    const before = held();
    const requests = Array.from({ length: 4 }, begin);
    const readings = requests.map((request) => read(request, bodyMs));
    for (const request of requests) request.send(bytes);
    // They end together, so all of them are listened to from the start.
    const ended = await Promise.allSettled(readings);
    for (const one of ended) expect(one).toMatchObject({ status: 'rejected', reason: { code } });
    for (const request of requests) request.send(MB);
    await vi.waitFor(() => expect(held() - before).toBeLessThan(4 * MB), 5_000);
    for (const request of requests) request.end();
    await vi.waitFor(() => expect(held() - before).toBeLessThan(4 * MB), 5_000);
  });
});

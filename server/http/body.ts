import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request } from 'express';
import { bodyBytesMax, type Operation } from '../../shared/operation.ts';
import { Refusal } from '../../shared/errors.ts';
import { mayDo } from '../../shared/permissions.ts';
import { type BodyPatience, inTime } from './body-deadline.ts';

const JSON_BODY = /^application\/json\s*(?:;\s*charset="?utf-?8"?\s*)?$/i;
const BYTES_BODY = /^application\/octet-stream\s*$/i;

/** Reads the request's body in the form the operation takes; {} if none was sent. */
export async function readBody(
  request: Request,
  response: ServerResponse,
  operation: Operation,
  patience: BodyPatience,
): Promise<unknown> {
  const isUpload = operation.bodyType !== undefined;
  try {
    if (bodyBytes(request, operation) === 0) return isUpload ? Buffer.alloc(0) : {};
    const { 'content-type': type = '', 'content-encoding': packed = 'identity' } = request.headers;
    // Nothing is unpacked: a small body must not become a large one.
    if (!(isUpload ? BYTES_BODY : JSON_BODY).test(type) || packed.toLowerCase() !== 'identity')
      throw new Refusal('request.not_json');
    const collecting = collect(request, bodyBytesMax(operation));
    const bytes = await inTime(collecting.whole, request, isUpload, patience).finally(collecting.stop);
    return isUpload ? bytes : parse(bytes);
  } catch (error) {
    // A known caller may send the rest, which is thrown away, and then gets the refusal. Nothing more is read from
    // anybody else, or of a late body.
    const isLate = error instanceof Refusal && error.code === 'request.slow';
    if (isLate || mayDo(['public'], operation.access)) response.setHeader('Connection', 'close');
    throw error;
  }
}

/** The length that a body declares; if it declares none, its limit. Refuses a body that is too long. */
export function bodyBytes({ headers }: IncomingMessage, operation: Operation): number {
  const limit = bodyBytesMax(operation);
  if (headers['transfer-encoding'] !== undefined) return limit;
  const bytes = Number(headers['content-length'] ?? 0);
  if (bytes > limit) throw tooLarge(limit);
  return bytes;
}

interface Collecting {
  readonly whole: Promise<Buffer>;
  /** Drops the bytes received so far. More bytes of a refused body may arrive for a while, and are not kept. */
  readonly stop: () => void;
}

function collect(request: IncomingMessage, limit: number): Collecting {
  let parts: Buffer[] | null = [];
  let size = 0;
  const whole = new Promise<Buffer>((resolve, reject) => {
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= limit) parts?.push(part);
      else reject(tooLarge(limit));
    });
    // The caller has gone: the refusal is for the log.
    const gone = () => reject(new Refusal('request.invalid'));
    request.once('end', () => {
      request.off('close', gone);
      const [first] = parts ?? [];
      // Most bodies come in one part, which needs no copy.
      if (parts) resolve(parts.length === 1 && first ? first : Buffer.concat(parts, size));
    });
    request.once('close', gone);
    request.once('error', gone);
  });
  return {
    whole,
    stop: () => {
      parts = null;
    },
  };
}

function tooLarge(limit: number): Refusal {
  return new Refusal('request.too_large', { limitKb: limit / 1024 });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON is UTF-8, and a list or a structure. */
function parse(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // It is refused below.
  }
  throw new Refusal('request.invalid');
}

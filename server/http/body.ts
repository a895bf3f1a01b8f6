import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { Refusal } from '../../shared/errors.ts';
import type { Operation } from '../../shared/contract/define.ts';

const JSON_MAX = 256 * 1024;
const UPLOAD_MAX = 10 * 1024 * 1024;

// Nothing is unpacked: a small body must not become a large one.
const readJson = express.json({ limit: JSON_MAX, inflate: false, strict: true, type: isJson });
const readBytes = express.raw({ limit: UPLOAD_MAX, inflate: false, type: 'application/octet-stream' });

/** The request's body as the operation wants it; {} where none was sent. */
export async function readBody(request: Request, response: Response, operation: Operation): Promise<unknown> {
  const isUpload = operation.bodyType !== undefined;
  const { headers } = request;
  const isEmpty = headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0';
  if (isEmpty) return isUpload ? Buffer.alloc(0) : {};
  await run(isUpload ? readBytes : readJson, request, response);
  const body: unknown = request.body;
  // Left unread: it said it was something else.
  if (body === undefined) throw new Refusal('request.not_json');
  return body;
}

/** JSON is UTF-8; the parser would take any Unicode encoding it knows. */
function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/json\s*(?:;\s*charset="?utf-?8"?\s*)?$/i.test(headers['content-type'] ?? '');
}

function run(parser: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void parser(request, response, (error?: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error('a body parser gave up'));
    });
  });
}

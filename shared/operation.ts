import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import { mayDo, type Permission } from './permissions.ts';

/**
 * The input and output of one endpoint. `params` and `query` arrive as text, so their schemas coerce. Writes (POST,
 * PATCH) carry an `Idempotency-Key` header unless `idempotent: false` says that repeating them is harmless or
 * impossible (log-ins). A read with `idempotent: false` gets no snapshot: its handler opens its own reads, if it
 * needs any.
 */
export interface Operation {
  readonly summary: string;
  readonly summaryZh: string;
  readonly access: Permission;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The answer's body. `binary` for downloads, `picture` for photos. */
  readonly response: z.ZodType | 'binary' | 'picture';
  /** Media types a download may have. */
  readonly files?: readonly string[];
  /** Media type of the request body where it is not JSON (uploads). */
  readonly bodyType?: 'application/octet-stream';
  /** Limit for the body, if it differs from the limit of `bodyBytesMax` for its kind. */
  readonly bodyBytesMax?: number;
  readonly idempotent?: boolean;
  /** The answer holds a password, PIN or code, so the copy kept for a replay is encrypted. */
  readonly secret?: true;
  /**
   * Reads asked again and again carry an ETag, so that an unchanged answer is a 304 without a body. `private`: kept
   * by the caller alone and asked about each time; `public`: the same for everybody, good for a few seconds.
   */
  readonly cache?: 'private' | 'public';
  /** It may take minutes: it gets a longer deadline and, unless it is a command, runs in no commit that others wait for. */
  readonly slow?: true;
  /** A read that takes data out of the village: the name of the act that is booked before it begins. */
  readonly takes?: string;
  /** The reason why a write leaves neither an entry nor an act. */
  readonly untraced?: string;
  /** A kiosk asks it again and again while nobody touches it, so it keeps no shift open. */
  readonly byItself?: true;
  /** Somebody could guess a password, PIN or code here: fewer requests a minute are let in. */
  readonly guessable?: true;
  /** Refusals particular to this operation; those any request can meet are not listed. */
  readonly errors: readonly ErrorCode[];
}

/** The operations of a domain: one for each of its endpoints. */
export type OperationsOf<Endpoints> = Readonly<Record<keyof Endpoints & string, Operation>>;

const KB = 1024;
export const BODY_BYTES_MAX = {
  /** Anybody may send these, so each connection can hold that much of the server's memory. */
  public: 4 * KB,
  known: 32 * KB,
  /** Awards and decisions for a whole village at once. */
  batch: 256 * KB,
  upload: 10 * KB * KB,
} as const;

/** How many bytes an operation's body may have; the server reads no more. */
export function bodyBytesMax({ access, bodyType, bodyBytesMax: own }: Operation): number {
  if (own !== undefined) return own;
  if (bodyType !== undefined) return BODY_BYTES_MAX.upload;
  return mayDo(['public'], access) ? BODY_BYTES_MAX.public : BODY_BYTES_MAX.known;
}

type In<T> = T extends z.ZodType ? z.input<T> : undefined;
type Out<T> = T extends z.ZodType ? z.output<T> : undefined;

/** The input that a caller sends. */
export interface CallInput<O extends Operation> {
  params: In<O['params']>;
  query: In<O['query']>;
  body: O['bodyType'] extends string ? Uint8Array : In<O['body']>;
}

/** The validated input that a handler receives. */
export interface HandlerInput<O extends Operation> {
  params: Out<O['params']>;
  query: Out<O['query']>;
  body: O['bodyType'] extends string ? Buffer : Out<O['body']>;
}

interface NamedFile {
  readonly filename: string;
  readonly mediaType: string;
}

/** Downloads answer with this instead of JSON. */
export interface Download extends NamedFile {
  readonly content: AsyncIterable<string | Uint8Array>;
}

/** A download may also be an open file. It is sent from the disk and then closed. */
export interface OpenFile extends NamedFile {
  readonly descriptor: number;
}

/** Photos answer with this instead of JSON. */
export interface Picture {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Changes with the bytes. */
  readonly etag: string;
  /** True: anybody may see it and cache it for ever. False: nobody caches it. */
  readonly isPublic: boolean;
}

/** The value that a handler returns. */
export type Answer<O extends Operation> = O['response'] extends z.ZodType
  ? z.input<O['response']>
  : O['response'] extends 'picture'
    ? Picture
    : Download | OpenFile;

/** The value that a caller gets. */
export type Result<O extends Operation> = O['response'] extends z.ZodType ? z.output<O['response']> : Blob;

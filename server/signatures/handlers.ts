import type { endpoints } from '../../shared/signatures/endpoints.ts';
import type { HandlersOf, RandomBytes } from '../http/index.ts';
import { findDocument } from '../documents/index.ts';
import { listSignatures } from './list.ts';
import { nextToSign } from './next.ts';
import { sign } from './sign.ts';

interface SignaturesServices {
  readonly random: RandomBytes;
}

const SALT_BYTES = 16;
/** A document is signed by one person, or by two. */
const SIGNERS_MOST = 20;

export function signaturesHandlers({ random }: SignaturesServices): HandlersOf<typeof endpoints> {
  return {
    'signatures.list': async ({ query: { before, limit } }, { reader, village }) => {
      const found = await listSignatures(reader, village.id, { before, limit: limit + 1 });
      const items = found.slice(0, limit);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },

    'signatures.next': (_input, { reader, village, actor, today, nowMs }) =>
      nextToSign(reader, { village, actor, today, nowMs }),

    'signatures.document': async ({ params }, { reader, village }) => {
      const { id, hash, body, frozenAtMs } = await findDocument(reader, village.id, params);
      const signatures = await listSignatures(reader, village.id, { document: params, limit: SIGNERS_MOST });
      return { id, hash, body, frozenAtMs, signatures, kind: params.kind };
    },

    'signatures.sign': async ({ body }, { tx, village, actor, today, nowMs, newId, act }) => {
      const newSalt = () => Buffer.from(random(SALT_BYTES)).toString('hex');
      const signed = await sign(tx, { village, actor, today, nowMs, newId, newSalt }, body);
      act(signed.act);
      const [signature] = await listSignatures(tx, village.id, { ids: [signed.id], limit: 1 });
      if (!signature) throw new Error('a signature is gone in its own transaction');
      return signature;
    },
  };
}

import { Refusal } from '../../shared/errors.ts';
import { seal, unseal } from './answer-encryption.ts';
import type { Command } from './idempotency.ts';
import type { Endpoint, Kernel } from './kernel-options.ts';

type Sealing = Pick<Kernel, 'answerKeys' | 'random'>;

/** The form in which an answer is kept with its key: encrypted if the endpoint's answers are secret. */
export function pack(kernel: Sealing, endpoint: Endpoint, command: Command, body: unknown): unknown {
  if (endpoint.operation.secret !== true) return body;
  return { sealed: seal(kernel.answerKeys, kernel.random, JSON.stringify(body), boundTo(command)) };
}

/** The answer that was kept in this form. */
export function unpack(kernel: Sealing, endpoint: Endpoint, command: Command, kept: unknown): unknown {
  if (endpoint.operation.secret !== true) return kept;
  const { sealed } = kept as { sealed: string };
  const text = unseal(kernel.answerKeys, sealed, boundTo(command));
  // It was sealed with a secret that the server no longer has. It is only known that the command was done.
  if (text === null) throw new Refusal('idempotency.conflict');
  return JSON.parse(text) as unknown;
}

function boundTo({ villageId, key }: Command): string {
  return JSON.stringify([villageId, key]);
}

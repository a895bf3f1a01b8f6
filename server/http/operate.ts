import { OPERATIONS } from '../../shared/contract.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import { Refusal } from '../../shared/errors.ts';
import { type OnWritten, runCommand } from '../commands/index.ts';
import { refusalTo } from './admit.ts';
import type { Caller, WriteContext } from './context.ts';
import type { AnyHandler } from './kernel-options.ts';
import { validateInput } from './validate.ts';

/** Does operations for another write, in its transaction. */
export interface Operate {
  /** Refuses a caller who may not do the operation. */
  refuse(id: EndpointId, caller: Caller): void;
  /** The input as the operation's contract takes it; throws InvalidInput. */
  check(id: EndpointId, given: { readonly params: unknown; readonly body: unknown }): unknown;
  run(id: EndpointId, input: unknown, context: WriteContext): Promise<void>;
}

/** `handlers` are asked for when an operation is run: the one that does so is among them. */
export function createOperate(
  handlers: () => Readonly<Record<string, unknown>>,
  onWritten?: OnWritten,
): Operate {
  return {
    refuse(id, caller) {
      // Only writes are handed in.
      const refusal = refusalTo(caller, { operation: OPERATIONS[id], method: 'POST' });
      if (refusal !== null) throw new Refusal(refusal);
    },
    check: (id, given) => validateInput(OPERATIONS[id], { ...given, query: {} }),
    async run(id, input, context) {
      const handler = handlers()[id] as AnyHandler;
      if ('command' in handler) {
        await runCommand(context.tx, context.villageId, handler.command(input, context), onWritten);
        return;
      }
      if ('prepare' in handler) {
        // It works out under the lock what it would else have prepared.
        await handler.run(input, context as Parameters<typeof handler.run>[1], null);
        return;
      }
      if (typeof handler !== 'function') throw new Error(`${id} cannot be done for another write`);
      await handler(input, context as Parameters<typeof handler>[1]);
    },
  };
}

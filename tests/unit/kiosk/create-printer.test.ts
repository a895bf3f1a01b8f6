import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../client/api/index.ts';
import {
  createPrinter,
  type NetworkPrint,
  type Paper,
} from '../../../client/kiosk/composables/createPrinter.ts';
import { createMemory } from '../../../client/kiosk/memory.ts';

const receipt = (isReprint = false) => ({ kind: 'receipt', redemption: { id: 'r' }, isReprint }) as Paper;
const statement = { kind: 'statement', statement: { printToken: 't' } } as Paper;
const problem = (code: string): Failure => ({
  kind: 'problem',
  problem: {
    ...{ status: 409, code, kind: 'refused', moved: null, title: '', detail: '' },
    ...{ params: {}, fields: {} },
  },
});
const unheard: Failure = { kind: 'unknown', reason: 'timeout' };

function counter(answers: readonly NetworkPrint[], { hasNetwork = true } = {}) {
  const stored = new Map<string, string>();
  const memory = createMemory({
    getItem: (name) => stored.get(name) ?? null,
    setItem: (name, value) => void stored.set(name, value),
    removeItem: (name) => void stored.delete(name),
  });
  const left = [...answers];
  const sent: Paper[] = [];
  const printed: (Paper | null)[] = [];
  const printer = createPrinter({
    memory,
    send: () => void printed.push(printer.paper.value),
    failed: () => undefined,
    hasNetwork: () => hasNetwork,
    sendToNetwork(paper) {
      sent.push(paper);
      return Promise.resolve(left.shift() ?? 'printed');
    },
  });
  return { printer, memory, sent, printed };
}

describe('slips at the counter', () => {
  it('go to the shop’s printer where there is one, once for each press', async () => {
    const { printer, sent, printed } = counter(['printed']);
    await printer.print(receipt());
    expect([sent, printed, printer.trouble.value]).toEqual([[receipt()], [], null]);
  });

  it('go to the browser where there is none, or where this device is set so, and it stays set', async () => {
    const without = counter([], { hasNetwork: false });
    await without.printer.print(receipt());
    expect([without.sent, without.printed]).toEqual([[], [receipt()]]);
    const chosen = counter([]);
    chosen.printer.chooseWay('browser');
    await chosen.printer.print(receipt());
    expect([chosen.sent, chosen.printed, chosen.memory.printWay]).toEqual([[], [receipt()], 'browser']);
  });

  it('go to the browser when the server is gone', async () => {
    const { printer, printed } = counter(['server gone']);
    await printer.print(receipt());
    expect([printed, printer.trouble.value]).toEqual([[receipt()], null]);
  });

  it('that fail are kept for a person, and are not sent again by themselves', async () => {
    const { printer, sent } = counter([problem('printer.unreachable')]);
    await printer.print(receipt());
    expect(printer.trouble.value).toEqual({ failure: problem('printer.unreachable'), paper: receipt() });
    expect(sent).toHaveLength(1);
    await printer.again('network');
    expect([sent.length, printer.trouble.value]).toEqual([2, null]);
    await printer.again('network');
    expect(sent).toHaveLength(2);
  });

  it.each([
    [problem('printer.unreachable'), false],
    [problem('printer.busy'), false],
    [problem('printer.broken_off'), true],
    [problem('printer.no_paper'), true],
    [unheard, true],
  ])(
    'are called a reprint the second time only where the first may be on paper',
    async (failure, isReprint) => {
      const { printer, printed } = counter([failure]);
      await printer.print(receipt());
      await printer.again('browser');
      expect(printed).toEqual([receipt(isReprint)]);
    },
  );

  it('leave nothing of a household that has gone but that its slip failed', async () => {
    const { printer } = counter([problem('printer.no_paper'), problem('printer.no_paper')]);
    await printer.print(receipt());
    printer.forget();
    expect(printer.trouble.value).toEqual({ failure: problem('printer.no_paper'), paper: null });
    await printer.again('browser');
    expect(printer.trouble.value).toBeNull();
    await printer.print(statement);
    printer.forget();
    expect(printer.trouble.value).toBeNull();
  });

  it.each([
    [receipt(), problem('printer.no_paper'), { failure: problem('printer.no_paper'), paper: null }],
    [receipt(), 'server gone' as const, null],
    [statement, problem('printer.no_paper'), null],
  ])(
    'that fail after the household has gone print nothing of it any more',
    async (paper, answer, trouble) => {
      const { printer, printed } = counter([answer]);
      const printing = printer.print(paper);
      printer.forget();
      await printing;
      expect([printer.trouble.value, printed, printer.paper.value]).toEqual([trouble, [], null]);
    },
  );
});

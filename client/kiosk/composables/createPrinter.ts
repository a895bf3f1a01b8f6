import { nextTick, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Failure } from '../../api/index.ts';
import type { GoodsReturn, Redemption } from '../counter/state.ts';
import type { Memory, PaperWidth, PrintWay } from '../memory.ts';
import type { Statement } from './createStatementDesk.ts';

/** The content of a slip. */
export type Paper =
  | { readonly kind: 'receipt'; readonly redemption: Redemption; readonly isReprint: boolean }
  | { readonly kind: 'statement'; readonly statement: Statement }
  | { readonly kind: 'return'; readonly goodsReturn: GoodsReturn; readonly isReprint: boolean };

/** A slip that did not come out of the shop's printer, or may not have. */
export interface PrintTrouble {
  readonly failure: Failure;
  /** Null where the household has left the screen since. */
  readonly paper: Paper | null;
}

export interface Printer {
  /** The slip that the browser prints. It is on paper only, and gone when the printer has it. */
  readonly paper: Readonly<ShallowRef<Paper | null>>;
  readonly width: Ref<PaperWidth>;
  readonly chooseWidth: (width: PaperWidth) => void;
  /** The way that was chosen on this device. Without a printer of the shop it is the browser all the same. */
  readonly way: Readonly<Ref<PrintWay>>;
  readonly chooseWay: (way: PrintWay) => void;
  readonly trouble: Readonly<ShallowRef<PrintTrouble | null>>;
  /** Resolves when the slip was handed over or failed. A failed print changes neither points nor goods. */
  readonly print: (next: Paper) => Promise<void>;
  /** Prints the slip that failed, because somebody presses for it: by the same printer, or by the browser. */
  readonly again: (way: PrintWay) => Promise<void>;
  readonly closeTrouble: () => void;
  /** The printer has it, or it is no longer wanted: nobody else shall find it in the page. */
  readonly forget: () => void;
}

/** The outcome of a slip that was sent to the shop's printer. */
export type NetworkPrint = 'printed' | 'server gone' | Failure;

interface PrinterParts {
  readonly memory: Memory;
  /** Opens the browser's own printing; may throw. */
  readonly send: () => void;
  readonly failed: () => void;
  /** Whether the village has a printer on its network, and the server can be asked for it. */
  readonly hasNetwork: () => boolean;
  readonly sendToNetwork: (paper: Paper) => Promise<NetworkPrint>;
}

/** With these nothing of the slip can be on paper. */
const NOTHING_ON_PAPER = new Set([
  'printer.none',
  'printer.unusable_address',
  'printer.unreachable',
  'printer.busy',
]);

export function createPrinter({ memory, send, failed, hasNetwork, sendToNetwork }: PrinterParts): Printer {
  const paper = shallowRef<Paper | null>(null);
  const width = ref(memory.paper);
  const way = ref(memory.printWay);
  const trouble = shallowRef<PrintTrouble | null>(null);
  /** Counts who stands at the counter: a slip that fails late belongs to somebody who may have left. */
  let household = 0;

  async function byBrowser(next: Paper): Promise<void> {
    paper.value = next;
    await nextTick();
    try {
      send();
    } catch {
      failed();
    }
  }

  async function byNetwork(next: Paper): Promise<void> {
    const mine = household;
    const outcome = await sendToNetwork(next);
    if (outcome === 'printed') return;
    const isHere = mine === household;
    // A statement is nobody's any more when its household has left.
    if (!isHere && (next.kind === 'statement' || outcome === 'server gone')) return;
    if (outcome === 'server gone') await byBrowser(next);
    else trouble.value = { failure: outcome, paper: isHere ? next : null };
  }

  async function print(next: Paper): Promise<void> {
    trouble.value = null;
    const goesByNetwork = way.value === 'network' && hasNetwork();
    await (goesByNetwork && isForNetwork(next) ? byNetwork(next) : byBrowser(next));
  }

  return {
    paper,
    width,
    chooseWidth(chosen) {
      width.value = chosen;
      memory.paper = chosen;
    },
    way,
    chooseWay(chosen) {
      way.value = chosen;
      memory.printWay = chosen;
    },
    trouble,
    print,
    async again(by) {
      const { paper: last, failure } = trouble.value ?? {};
      trouble.value = null;
      if (!last || !failure) return;
      const next = mayBeOnPaper(failure) && last.kind !== 'statement' ? { ...last, isReprint: true } : last;
      await (by === 'network' && isForNetwork(next) ? byNetwork(next) : byBrowser(next));
    },
    closeTrouble: () => void (trouble.value = null),
    forget() {
      household += 1;
      paper.value = null;
      if (trouble.value)
        trouble.value = trouble.value.paper?.kind === 'statement' ? null : { ...trouble.value, paper: null };
    },
  };
}

/** The server has no entry of what only this device knows of. */
function isForNetwork(paper: Paper): boolean {
  return paper.kind !== 'receipt' || paper.redemption.journalNumber !== 0;
}

function mayBeOnPaper(failure: Failure): boolean {
  return failure.kind === 'unknown' || !NOTHING_ON_PAPER.has(failure.problem.code);
}

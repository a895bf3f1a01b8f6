import { nextTick, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Redemption } from '../counter/state.ts';
import type { Memory, PaperWidth } from '../memory.ts';
import type { GoodsReturn } from './createReturnDesk.ts';
import type { Statement } from './createStatementDesk.ts';

/** The content of a slip. */
export type Paper =
  | { readonly kind: 'receipt'; readonly redemption: Redemption; readonly isReprint: boolean }
  | { readonly kind: 'statement'; readonly statement: Statement }
  | { readonly kind: 'return'; readonly goodsReturn: GoodsReturn };

export interface Printer {
  /** The slip that is being printed. It is on paper only, and gone when the printer has it. */
  readonly paper: Readonly<ShallowRef<Paper | null>>;
  readonly width: Ref<PaperWidth>;
  readonly chooseWidth: (width: PaperWidth) => void;
  /** A failed print changes neither points nor goods. */
  readonly print: (next: Paper) => Promise<void>;
  /** The printer has it, or it is no longer wanted: nobody else shall find it in the page. */
  readonly forget: () => void;
}

interface PrinterParts {
  readonly memory: Memory;
  /** Opens the browser's own printing; may throw. */
  readonly send: () => void;
  readonly failed: () => void;
}

export function createPrinter({ memory, send, failed }: PrinterParts): Printer {
  const paper = shallowRef<Paper | null>(null);
  const width = ref(memory.paper);
  return {
    paper,
    width,
    chooseWidth(chosen) {
      width.value = chosen;
      memory.paper = chosen;
    },
    async print(next) {
      paper.value = next;
      await nextTick();
      try {
        send();
      } catch {
        failed();
      }
    },
    forget: () => void (paper.value = null),
  };
}

import { ref, type Ref } from 'vue';

/** What may lie over the counter, one at a time. */
export interface Overlays {
  /** The question whether to undo. */
  readonly isAskingUndo: Ref<boolean>;
  /** The camera is looking for codes. */
  readonly isCameraOpen: Ref<boolean>;
  /** The list of what was handed out last. */
  readonly isHistoryOpen: Ref<boolean>;
  /** The search by name. */
  readonly isFindingByName: Ref<boolean>;
}

export function createOverlays(): Overlays & { readonly putAway: () => void } {
  const [isAskingUndo, isCameraOpen] = [ref(false), ref(false)];
  const [isHistoryOpen, isFindingByName] = [ref(false), ref(false)];
  const all = [isAskingUndo, isCameraOpen, isHistoryOpen, isFindingByName];
  return {
    isAskingUndo,
    isCameraOpen,
    isHistoryOpen,
    isFindingByName,
    putAway: () => all.forEach((one) => (one.value = false)),
  };
}

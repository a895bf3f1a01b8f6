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
  /** The volunteer's figures and this device's settings. */
  readonly isStationOpen: Ref<boolean>;
}

interface PuttingAway {
  readonly putAway: () => void;
  /** Only what would hide from the eye what a scan does. */
  readonly clearView: () => void;
}

export function createOverlays(): Overlays & PuttingAway {
  const [isAskingUndo, isCameraOpen] = [ref(false), ref(false)];
  const [isHistoryOpen, isFindingByName, isStationOpen] = [ref(false), ref(false), ref(false)];
  const dialogs = [isAskingUndo, isFindingByName, isStationOpen];
  const all = [...dialogs, isCameraOpen, isHistoryOpen];
  return {
    isAskingUndo,
    isCameraOpen,
    isHistoryOpen,
    isFindingByName,
    isStationOpen,
    putAway: () => all.forEach((one) => (one.value = false)),
    clearView: () => dialogs.forEach((one) => (one.value = false)),
  };
}

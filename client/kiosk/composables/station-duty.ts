import { ref, type Ref, shallowRef, type ShallowRef } from 'vue';
import type { ShiftCounts } from '../counter/effects.ts';
import type { Memory } from '../memory.ts';
import { parsed } from '../parsed-json.ts';
import type { ShiftAlone } from '../shift-alone.ts';
import type { LocalShift } from '../shift-figures.ts';

export interface Duty {
  readonly paired: Ref<boolean>;
  readonly onDuty: Ref<boolean>;
  /** The shift that was begun without the server; null: none is. */
  readonly local: ShallowRef<LocalShift | null>;
  readonly isNetworkBack: Ref<boolean>;
  readonly keepDevice: (token: string | null) => void;
  readonly keepShift: (token: string | null, id?: string | null) => void;
  readonly keepLocal: (shift: LocalShift | null) => void;
  /** One row ends a shift, whoever ends it at the same time. False: the disk refuses. */
  readonly endLocal: (counts?: ShiftCounts) => Promise<boolean>;
  readonly shiftId: () => string;
}

interface DutyParts {
  readonly memory: Memory;
  readonly alone: () => ShiftAlone | null;
  /** Device or shift have changed: earlier answers speak of the one before. */
  readonly changed: () => void;
  readonly unpaired: () => void;
}

/** Pairing and shift of this device, kept through reloads. */
export function createDuty({ memory, alone, changed, unpaired }: DutyParts): Duty {
  const local = shallowRef<LocalShift | null>(readLocal(memory.localShift));
  const paired = ref(memory.device !== null);
  const onDuty = ref(memory.shift !== null || local.value !== null);
  const isNetworkBack = ref(false);
  let ending: Promise<boolean> | null = null;

  function keepLocal(shift: LocalShift | null): void {
    memory.localShift = shift === null ? null : JSON.stringify(shift);
    local.value = shift;
    if (shift !== null) onDuty.value = true;
  }

  return {
    ...{ paired, onDuty, local, isNetworkBack, keepLocal },
    keepDevice(token) {
      changed();
      memory.device = token;
      memory.rowKey = null;
      paired.value = token !== null;
      if (token !== null) return;
      unpaired();
      memory.lastState = null;
    },
    keepShift(token, id = null) {
      changed();
      memory.shift = token;
      memory.shiftId = id;
      keepLocal(null);
      onDuty.value = token !== null;
      if (token !== null) isNetworkBack.value = false;
    },
    endLocal(counts) {
      const id = local.value?.id ?? '';
      ending ??= (alone()?.end(id, counts) ?? Promise.resolve(false)).finally(() => void (ending = null));
      return ending;
    },
    shiftId: () => local.value?.id ?? memory.shiftId ?? '',
  };
}

function readLocal(text: string | null): LocalShift | null {
  const read = parsed(text) as Partial<LocalShift> | null;
  return typeof read?.id === 'string' && typeof read.volunteerId === 'string' ? (read as LocalShift) : null;
}

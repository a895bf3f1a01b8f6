import { type Ref, shallowRef, watch } from 'vue';
import { saveAs } from '../../ui/save-as.ts';
import { useKiosk } from '../composables/useKiosk.ts';
import { useOutboxView } from '../composables/useOutboxView.ts';
import { useStation } from '../composables/useStation.ts';
import { createSavedMark, rowFile } from './save-row-file.ts';

export interface RowFileSaver {
  /** The name of the file that was saved last; empty: none yet. */
  readonly saved: Readonly<Ref<string>>;
  readonly save: () => void;
}

/** Saves the rows of the device to a file, on request. */
export function useRowSaver(): RowFileSaver {
  const { state } = useStation();
  const outbox = useOutboxView();
  const mark = createSavedMark(localStorage);
  const saved = shallowRef('');
  return {
    saved,
    save() {
      const rows = (outbox?.rows.value ?? []).map(({ row }) => row);
      const parts = {
        villageId: state.value?.village.id ?? '',
        village: state.value?.village.name ?? '',
        kiosk: state.value?.kiosk.name ?? '',
        savedAtMs: Date.now(),
      };
      const { name, content } = rowFile(parts, rows);
      saveAs(content, name);
      mark.note(rows);
      saved.value = name;
    },
  };
}

/**
 * Saves a file at the end of each shift that added rows, also where another volunteer ended it by taking over. The press that
 * ended the shift is recent enough for a browser to let a page save without asking.
 */
export function useRowFile(): void {
  const { stage } = useStation();
  const { screenLock } = useKiosk();
  const outbox = useOutboxView();
  const mark = createSavedMark(localStorage);
  const { save } = useRowSaver();
  const saveNew = () => {
    if (mark.isNew((outbox?.rows.value ?? []).map(({ row }) => row))) save();
  };
  watch(stage, (now, before) => {
    if (before === 'open' && now !== 'open') saveNew();
  });
  watch(screenLock.takeovers, saveNew);
}

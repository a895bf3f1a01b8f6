import { computed, proxyRefs, reactive, ref, shallowRef, type ShallowRef } from 'vue';

interface FormParts<Fields extends object, Name extends string> {
  /** The fields of a form in which nothing has been typed. */
  readonly empty: () => Fields;
  /** Says of each field that can be wrong whether it is. */
  readonly wrong: (fields: Fields) => Readonly<Record<Name, boolean>>;
  /** The sentence that stands beside a field that is wrong. */
  readonly sentence: (name: Name) => string;
  /** Sends the fields. It is called only if none is wrong. */
  readonly send: (fields: Fields) => Promise<unknown>;
  /** True while the fields must stay as they are, because they were sent and nobody knows what became of them. */
  readonly isHeld?: () => boolean;
  /** The names of the fields that differ, if comparing them one by one does not tell. */
  readonly changedIn?: (fields: Fields, saved: Fields) => readonly string[];
}

export interface Form<Fields extends object, Name extends string> {
  /** The fields as they are typed; reactive. */
  fields: Fields;
  /** The names of the fields that differ from what the server holds. */
  readonly changed: readonly string[];
  readonly isChanged: boolean;
  /** Somebody has tried to send it: what is wrong is said from then on. */
  readonly wasChecked: boolean;
  /** The sentence beside a field, once somebody has tried to send it. */
  readonly errorOf: (name: Name) => string | undefined;
  /** Sends the fields if none is wrong. */
  readonly submit: () => Promise<void>;
  /** Takes over what the server holds. Fields that must stay as they are keep what was typed. */
  readonly fromServer: (typed: Fields) => void;
  /** The fields as the server holds them, else empty fields. */
  readonly blank: () => Fields;
  /** Puts back what the server holds. */
  readonly undo: () => void;
  /** Says nothing of what is wrong until it is sent again. */
  readonly uncheck: () => void;
}

/** The fields of a form: what was typed, what is wrong with it, how it differs from what the server holds, and sending it. */
export function useForm<Fields extends object, Name extends string>(
  parts: FormParts<Fields, Name>,
): Form<Fields, Name> {
  const { empty, wrong, sentence, send, isHeld = () => false, changedIn = differences } = parts;
  const fields = reactive(empty()) as Fields;
  const saved: ShallowRef<Fields> = shallowRef(empty());
  const wasChecked = ref(false);
  const wrongNow = computed(() => wrong(fields));
  const changed = computed(() => changedIn(fields, saved.value));
  const blank = () => ({ ...saved.value });

  return proxyRefs({
    fields,
    changed,
    isChanged: computed(() => changed.value.length > 0),
    wasChecked,
    errorOf: (name: Name) => (wasChecked.value && wrongNow.value[name] ? sentence(name) : undefined),
    async submit() {
      wasChecked.value = true;
      if (!Object.values(wrongNow.value).includes(true)) await send(fields);
    },
    fromServer(typed: Fields) {
      saved.value = typed;
      if (!isHeld()) Object.assign(fields, typed);
    },
    blank,
    undo: () => void Object.assign(fields, blank()),
    uncheck: () => void (wasChecked.value = false),
  }) as Form<Fields, Name>;
}

function differences<Fields extends object>(fields: Fields, saved: Fields): string[] {
  return (Object.keys(fields) as (keyof Fields & string)[]).filter(
    (name) => JSON.stringify(fields[name]) !== JSON.stringify(saved[name]),
  );
}

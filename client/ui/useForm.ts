import { computed, proxyRefs, reactive, ref, shallowRef, type ShallowRef } from 'vue';
import type { Failure } from '../api/outcome.ts';

interface FormParts<Fields extends object, Name extends string> {
  /** The fields of a form in which nothing has been typed. */
  readonly empty: () => Fields;
  /** Says of each field that can be wrong whether it is. */
  readonly wrong: (fields: Fields) => Readonly<Record<Name, boolean>>;
  /** The sentence that stands beside a field that is wrong. */
  readonly sentence: (name: Name) => string;
  /** Sends the fields. It is called only if none is wrong. */
  readonly send: (fields: Fields) => Promise<unknown>;
  /** The reason why the server refused what was sent last. A sentence about one field stands beside that field. */
  readonly refusal?: () => Failure | null;
  /** The field of a path or code of the server where that has another name. */
  readonly fieldOf?: Readonly<Record<string, NoInfer<Name>>>;
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
  const { refusal = () => null, fieldOf = {} } = parts;
  const fields = reactive(empty()) as Fields;
  const saved: ShallowRef<Fields> = shallowRef(empty());
  const wasChecked = ref(false);
  const wrongNow = computed(() => wrong(fields));
  const changed = computed(() => changedIn(fields, saved.value));
  const blank = () => ({ ...saved.value });
  /** The server's sentences by field, each for the value that it refused. */
  const refused: ShallowRef<ReadonlyMap<string, Refused>> = shallowRef(new Map());
  const valueOf = (name: string) =>
    JSON.stringify(name in fields ? fields[name as keyof Fields] : fields) as string | undefined;

  async function sendNow(): Promise<void> {
    refused.value = new Map();
    await send(fields);
    const all = sentencesOf(refusal(), fieldOf, Object.keys(wrongNow.value) as Name[]);
    refused.value = new Map(all.map(([name, words]) => [name, { words, value: valueOf(name) }]));
  }

  function refusedOf(name: string): string | undefined {
    const one = refused.value.get(name);
    return one && one.value === valueOf(name) ? one.words : undefined;
  }

  return proxyRefs({
    fields,
    changed,
    isChanged: computed(() => changed.value.length > 0),
    wasChecked,
    errorOf: (name: Name) => (wasChecked.value && wrongNow.value[name] ? sentence(name) : refusedOf(name)),
    async submit() {
      wasChecked.value = true;
      if (!Object.values(wrongNow.value).includes(true)) await sendNow();
    },
    fromServer(typed: Fields) {
      saved.value = typed;
      if (!isHeld()) Object.assign(fields, typed);
    },
    blank,
    undo: () => void Object.assign(fields, blank()),
    uncheck() {
      wasChecked.value = false;
      refused.value = new Map();
    },
  }) as Form<Fields, Name>;
}

interface Refused {
  readonly words: string;
  /** The value in the field; the sentence is about nothing else. */
  readonly value: string | undefined;
}

/** The sentences of a refusal about fields: by their paths, or by its code where that is about one field. */
function sentencesOf<Name extends string>(
  failure: Failure | null,
  fieldOf: Readonly<Record<string, Name>>,
  names: readonly Name[],
): (readonly [Name, string])[] {
  if (failure?.kind !== 'problem') return [];
  const { code, title, detail, fields } = failure.problem;
  const byPath = Object.entries(fields).flatMap(([path, words]) => {
    const last = path.split('.').at(-1) ?? path;
    const name = fieldOf[path] ?? fieldOf[last] ?? names.find((one) => one === last);
    return name === undefined ? [] : [[name, words] as const];
  });
  const ofCode = fieldOf[code];
  return ofCode === undefined ? byPath : [...byPath, [ofCode, detail || title] as const];
}

function differences<Fields extends object>(fields: Fields, saved: Fields): string[] {
  return (Object.keys(fields) as (keyof Fields & string)[]).filter(
    (name) => JSON.stringify(fields[name]) !== JSON.stringify(saved[name]),
  );
}

import { nextTick } from 'vue';

/**
 * Sending a form that is not right leads to the first field that is wrong: in a long form or a small dialog
 * it may be out of view, and who does not see it hears it named.
 */
export function leadToFirstWrong(document: Document): void {
  document.addEventListener('submit', (event) => void lead(event.target));
}

async function lead(form: EventTarget | null): Promise<void> {
  await nextTick();
  if (!(form instanceof HTMLElement)) return;
  const wrong = form.querySelector<HTMLElement>('[aria-invalid=true], .error');
  wrong?.focus();
  wrong?.scrollIntoView({ block: 'center' });
}

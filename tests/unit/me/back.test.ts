import { createApp, effectScope, nextTick, ref } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** A browser's history: what was pushed, and a way back that says so a moment later, as browsers do. */
function browser() {
  const steps = ['page'];
  const target = new EventTarget();
  const history = {
    scrollRestoration: 'auto',
    pushState: () => void steps.push('over'),
    go(by: number) {
      steps.splice(steps.length + by);
      target.dispatchEvent(new Event('popstate'));
    },
  };
  vi.stubGlobal('window', target);
  vi.stubGlobal('history', history);
  vi.stubGlobal('location', { hash: '' });
  return { steps, press: () => history.go(-1) };
}

describe('the back button of a phone', () => {
  beforeEach(() => vi.resetModules());
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  async function page() {
    const { steps, press } = browser();
    const { useBack } = await import('../../../client/me/composables/useBack.ts');
    const app = createApp({ render: () => null });
    const layer = () => {
      const isOpen = ref(false);
      const scope = effectScope();
      app.runWithContext(() => scope.run(() => useBack(isOpen, () => (isOpen.value = false))));
      return isOpen;
    };
    // Vue says that nobody mounts here; the layers live in scopes.
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    return { steps, press, layer };
  }

  it('closes what lies over the page, the topmost first, and then leaves', async () => {
    const { steps, press, layer } = await page();
    const [goods, phones] = [layer(), layer()];
    goods.value = true;
    phones.value = true;
    expect(steps).toEqual(['page', 'over', 'over']);
    press();
    expect([goods.value, phones.value]).toEqual([true, false]);
    press();
    expect([goods.value, steps]).toEqual([false, ['page']]);
  });

  it('finds no step left of what was closed by its own button', async () => {
    const { steps, press, layer } = await page();
    const [goods, phones] = [layer(), layer()];
    goods.value = true;
    phones.value = true;
    phones.value = false;
    await nextTick();
    expect([steps, goods.value]).toEqual([['page', 'over'], true]);
    press();
    expect([steps, goods.value]).toEqual([['page'], false]);
  });

  it('takes back the steps of several that are closed at once in one go', async () => {
    const { steps, layer } = await page();
    const [goods, phones] = [layer(), layer()];
    goods.value = true;
    phones.value = true;
    phones.value = false;
    goods.value = false;
    await nextTick();
    expect(steps).toEqual(['page']);
    goods.value = true;
    expect([steps, goods.value]).toEqual([['page', 'over'], true]);
  });

  it('is not pressed when a card is opened on the page', async () => {
    const { press, layer } = await page();
    const goods = layer();
    goods.value = true;
    vi.stubGlobal('location', { hash: '#c=1234' });
    press();
    expect(goods.value).toBe(true);
  });
});

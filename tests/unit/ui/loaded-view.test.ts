import { h } from 'vue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useLoad } from '../../../client/ui/useLoad.ts';
import { handApi } from '../../support/hand-api.ts';
import { openRenderer, type Renderer } from '../../support/render-component.ts';

const LOADING = '正在加载';
const RETRY = '再试一次';

describe('a page that loads something', () => {
  let renderer: Renderer;
  beforeAll(async () => {
    renderer = await openRenderer();
  });
  afterAll(() => renderer.close());

  function page() {
    const hand = handApi();
    const loaded = useLoad((signal) => hand.api.call('goods.list', { signal }));
    const slots = {
      default: ({ data }: { data: { items: readonly string[] } }) => h('p', data.items.join('、')),
    };
    return {
      ...hand,
      loaded,
      shown: (props = {}) => renderer.render('ui/LoadedView.vue', { loaded, ...props }, slots),
    };
  }

  it('says that it is loading, and nothing else', async () => {
    const { shown } = page();
    expect(await shown()).toContain(LOADING);
    expect(await shown()).not.toContain(RETRY);
    expect((await shown({ rows: 3 })).match(/outline"/g)).toHaveLength(3);
  });

  it('says why the first loading failed and offers to try again, and nothing else', async () => {
    const { shown, calls } = page();
    await calls[0]?.lose();
    const html = await shown();
    expect(html).toContain(RETRY);
    expect(html).not.toContain(LOADING);
    expect(html).not.toContain('<p>大米');
  });

  it('shows the data, and still does while they are loaded again', async () => {
    const { shown, calls, loaded } = page();
    await calls[0]?.answer({ items: ['大米', '面粉'] });
    expect(await shown()).toContain('<p>大米、面粉</p>');
    void loaded.reload();
    const html = await shown();
    expect(html).toContain('<p>大米、面粉</p>');
    expect(html).not.toContain(LOADING);
  });

  it('keeps the data under the reason why a later loading failed, until one succeeds', async () => {
    const { shown, calls, loaded } = page();
    await calls[0]?.answer({ items: ['大米'] });
    void loaded.reload();
    await calls[1]?.lose();
    const html = await shown();
    expect(html.indexOf(RETRY)).toBeGreaterThan(-1);
    expect(html.indexOf('<p>大米</p>')).toBeGreaterThan(html.indexOf(RETRY));
    void loaded.reload();
    await calls[2]?.answer({ items: ['面粉'] });
    expect(await shown()).toContain('<p>面粉</p>');
    expect(await shown()).not.toContain(RETRY);
  });
});

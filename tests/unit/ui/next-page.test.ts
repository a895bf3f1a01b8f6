import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerOf } from '../../../client/api/index.ts';
import { usePages } from '../../../client/ui/usePages.ts';
import { handApi } from '../../support/hand-api.ts';
import { openRenderer, type Renderer } from '../../support/render-component.ts';

describe('the button for the next page', () => {
  let renderer: Renderer;
  beforeAll(async () => {
    renderer = await openRenderer();
  });
  afterAll(() => renderer.close());

  it('is there while there is more, and in its place the reason why a page did not come', async () => {
    const { api, calls } = handApi();
    const pages = usePages<AnswerOf<'households.list'>>((after, signal) =>
      api.call('households.list', { query: { after: after ?? undefined }, signal }),
    );
    const shown = () =>
      renderer.render('ui/NextPage.vue', { pages, wide: true }, { default: () => '显示更多' });
    expect(await shown()).not.toContain('显示更多');
    await calls[0]?.answer({ items: [{ id: 'a' }], next: 'a' });
    expect(await shown()).toContain('显示更多');
    void pages.more();
    await calls[1]?.lose();
    const failed = await shown();
    expect(failed).toContain('再试一次');
    expect(failed).not.toContain('显示更多');
    void pages.more();
    await calls[2]?.answer({ items: [{ id: 'b' }], next: null });
    expect(await shown()).not.toMatch(/显示更多|再试一次/);
  });
});

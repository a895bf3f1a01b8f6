import { createSSRApp, h, type Component } from 'vue';
import { renderToString } from 'vue/server-renderer';
import vue from '@vitejs/plugin-vue';
import { createServer, type ViteDevServer } from 'vite';
import { vi } from 'vitest';
import type * as I18n from '../../client/i18n/index.ts';

export interface Renderer {
  /** The markup of a component of client/, as it stands with these props, in Chinese. */
  readonly render: (path: string, props: object, slots?: Readonly<Record<string, Slot>>) => Promise<string>;
  readonly close: () => Promise<void>;
}

type Slot = (props: never) => unknown;

/** Compiles components of client/ as the screens are compiled, and renders them without a browser. */
export async function openRenderer(): Promise<Renderer> {
  const server = await createServer({
    configFile: false,
    root: new URL('../../client/', import.meta.url).pathname,
    plugins: [vue()],
    appType: 'custom',
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  return {
    render: (path, props, slots = {}) => renderWith(server, { path, props, slots }),
    close: () => server.close(),
  };
}

interface Shown {
  readonly path: string;
  readonly props: object;
  readonly slots: Readonly<Record<string, Slot>>;
}

async function renderWith(server: ViteDevServer, { path, props, slots }: Shown): Promise<string> {
  vi.stubGlobal('document', { documentElement: {} });
  vi.stubGlobal('window', { addEventListener: () => undefined });
  try {
    const { createText } = (await server.ssrLoadModule('/i18n/index.ts')) as typeof I18n;
    const { default: component } = (await server.ssrLoadModule(`/${path}`)) as { default: Component };
    const text = await createText({ chinese: {}, english: () => Promise.resolve({ default: {} }) });
    return await renderToString(createSSRApp({ render: () => h(component, props, slots) }).use(text));
  } finally {
    vi.unstubAllGlobals();
  }
}

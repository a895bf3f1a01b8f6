import type { Plugin } from 'vite';
import common from '../i18n/locales/zh-CN.ts';
import { KEPT_FACES, type KeptFace } from './kept-files.ts';

/** The name of a face under its icon, in both languages. */
export interface AppNames {
  readonly chinese: string;
  readonly english: string;
}

/** The colour of paper (client/ui/tokens.css), as in the pages' own heads. */
const PAPER = '#fbf6ec';
const ICONS = [
  { src: '/icons/mark-192.png', sizes: '192x192', type: 'image/png' },
  { src: '/icons/mark-512.png', sizes: '512x512', type: 'image/png' },
  { src: '/icons/mark-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
];

/** Makes the faces that open without the server installable: each gets its web manifest and a link to it. */
export function webManifests(names: Record<KeptFace, AppNames>): Plugin {
  const manifests = new Map(
    KEPT_FACES.map((face) => [`${face}/app.webmanifest`, webManifest(face, names[face])]),
  );
  return {
    name: 'web-manifests',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { path }) {
        const href = `${path.replace(/\/index\.html$/, '')}/app.webmanifest`;
        if (!manifests.has(href.slice(1))) return [];
        return [
          { tag: 'link', attrs: { rel: 'manifest', href }, injectTo: 'head' },
          { tag: 'link', attrs: { rel: 'apple-touch-icon', href: '/icons/mark-192.png' }, injectTo: 'head' },
        ];
      },
    },
    generateBundle() {
      if (this.environment.name !== 'client') return;
      for (const [fileName, source] of manifests) this.emitFile({ type: 'asset', fileName, source });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const found = manifests.get(request.url?.slice(1) ?? '');
        if (found === undefined) next();
        else response.setHeader('Content-Type', 'application/manifest+json').end(found);
      });
    },
  };
}

function webManifest(face: KeptFace, { chinese, english }: AppNames): string {
  return JSON.stringify({
    id: `/${face}`,
    name: `${common.common.product} · ${chinese} / ${english}`,
    short_name: chinese,
    lang: 'zh-CN',
    dir: 'ltr',
    start_url: `/${face}`,
    scope: `/${face}`,
    display: 'standalone',
    background_color: PAPER,
    theme_color: PAPER,
    icons: ICONS,
  });
}

import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';
import { compiledMessages } from './client/build/messages.ts';

/** The faces: each its own small page with its own entry, sharing what they have in common as chunks. */
const faces = ['desk', 'kiosk', 'me', 'board'] as const;
const root = fileURLToPath(new URL('./client/', import.meta.url));
const page = (folder: string) => `${root}${folder}index.html`;

/**
 * The content security policy allows neither inline scripts, inline styles nor eval, and no other host:
 * everything is a hashed file of our own, and sentences are compiled here rather than in the browser.
 */
export default defineConfig(({ command }) => ({
  root,
  base: '/',
  publicDir: 'public',
  plugins: [vue(), compiledMessages(), faceRoutes()],
  resolve: { alias: { 'vue-i18n': 'vue-i18n/dist/vue-i18n.runtime.mjs' } },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: command === 'build',
  },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // Cheap tablets and office computers of some years ago.
    target: ['chrome87', 'edge88', 'firefox78', 'safari14'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { landing: page(''), ...Object.fromEntries(faces.map((face) => [face, page(`${face}/`)])) },
    },
  },
  server: {
    proxy: { '/api': { target: process.env.API_URL ?? 'http://localhost:8080' } },
  },
}));

/** While developing: /desk/households is the desk's page, as the server answers it in production. */
function faceRoutes(): Plugin {
  const pattern = new RegExp(`^/(${faces.join('|')})(?:/[^.?]*)?(?:\\?.*)?$`);
  return {
    name: 'face-routes',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const face = pattern.exec(request.url ?? '')?.[1];
        if (face !== undefined) request.url = `/${face}/index.html`;
        next();
      });
    },
  };
}

import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';
import board from './client/board/locales/zh-CN.ts';
import { contractMark } from './client/build/contract-mark.ts';
import { drawings } from './client/build/drawings.ts';
import { openingWords } from './client/build/opening-words.ts';
import { serviceWorkers, workerBuilds, workerEnvironment } from './client/build/service-workers.ts';
import { webManifests } from './client/build/web-manifests.ts';
import desk from './client/desk/shell/locales/zh-CN.ts';
import https from './client/https/locales/zh-CN.ts';
import kioskEnglish from './client/kiosk/locales/en.ts';
import kiosk from './client/kiosk/locales/zh-CN.ts';
import meEnglish from './client/me/locales/en.ts';
import me from './client/me/locales/zh-CN.ts';

/**
 * The faces. Each is a small page with its own entry, and chunks hold their common modules. The faces for phones are
 * built apart from those for the office, so that they do not load parts of Vue that only a dialog needs.
 */
const lightFaces = ['me', 'board', 'https'];
const officeFaces = ['desk', 'kiosk'];
const faces = [...lightFaces, ...officeFaces];
/** Browsers of cheap tablets and of office computers that are some years old. */
const office = ['chrome87', 'edge88', 'firefox78', 'safari14'];
/**
 * Browsers that come with old Android phones and are never updated, and WeChat's own on them: docs/phones.md says what
 * was tried.
 */
const oldPhones = ['chrome66', 'edge79', 'firefox67', 'safari12'];
const titles = {
  board: board.board.title,
  desk: desk.desk.title,
  https: https.https.title,
  kiosk: kiosk.kiosk.title,
  me: me.me.title,
};
/** The faces that open without the server, as they are called on a home screen. */
const appNames = {
  kiosk: { chinese: titles.kiosk, english: kioskEnglish.kiosk.title },
  me: { chinese: titles.me, english: meEnglish.me.title },
};
/** A page with all components in all states (client/gallery). It is built only with `--mode gallery`. */
const gallery = 'gallery';
/** Fields, and the dots of a deed's way, are drawn after a tap or on few pages. */
const sharedByPages = /\/node_modules\/|\/client\/(?:ui\/(?!FiveDots|FieldFrame|DateField)|i18n\/|api\/)/;
const root = fileURLToPath(new URL('./client/', import.meta.url));
const page = (folder: string) => `${root}${folder}index.html`;
const pages = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, page(`${name}/`)]));

/**
 * The content security policy allows neither inline scripts, inline styles nor eval, and no other host. So everything
 * is a hashed file of our own.
 */
export default defineConfig(({ mode }) => ({
  root,
  base: '/',
  publicDir: 'public',
  plugins: [
    vue(),
    contractMark(),
    drawings(),
    openingWords(titles),
    webManifests(appNames),
    serviceWorkers(),
    namedVueImport(),
    faceRoutes(),
  ],
  // A web worker's own script is asked of the service worker only where it lies under the page's address.
  worker: { rolldownOptions: { output: { entryFileNames: 'kiosk/[name]-[hash].js' } } },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
  },
  build: {
    outDir: mode === gallery ? '../dist/gallery' : '../dist/client',
    emptyOutDir: true,
    cssTarget: oldPhones,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'office', ...workerBuilds.map(({ environment }) => environment)]) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  environments: environments(mode),
  server: {
    proxy: { '/api': { target: process.env.API_URL ?? 'http://localhost:8080' } },
  },
}));

function environments(mode: string): Record<string, EnvironmentOptions> {
  if (mode === gallery)
    return { client: { build: { target: office, rolldownOptions: { input: pages([gallery]) } } } };
  return {
    client: {
      build: {
        manifest: '.vite/light.json',
        target: oldPhones,
        rolldownOptions: {
          input: { landing: page(''), ...pages(lightFaces) },
          // Modules that several pages share go into one file: a dozen small ones weigh more and need more requests.
          output: { codeSplitting: { groups: [{ name: 'kit', minShareCount: 3, test: sharedByPages }] } },
        },
      },
    },
    office: {
      consumer: 'client',
      build: {
        manifest: '.vite/office.json',
        target: office,
        emptyOutDir: false,
        rolldownOptions: { input: pages(officeFaces) },
      },
    },
    ...Object.fromEntries(
      workerBuilds.map((build) => [
        build.environment,
        workerEnvironment(build, {
          source: `${root}service-worker/main.ts`,
          target: lightFaces.includes(build.face) ? oldPhones : office,
        }),
      ]),
    ),
  };
}

/**
 * Reka UI imports all of Vue to find out whether it has `useId`, so every page would load all of Vue. Our version
 * has it.
 */
function namedVueImport(): Plugin {
  const whole = 'import * as vue from "vue";';
  return {
    name: 'named-vue-import',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('reka-ui/dist/shared/useId.js')) return null;
      if (!code.includes(whole))
        throw new Error('Reka UI imports Vue in another way now: see whether this is still needed');
      return {
        code: code.replace(
          whole,
          'import { useId as vueUseId } from "vue"; const vue = { useId: vueUseId };',
        ),
        map: null,
      };
    },
  };
}

/** In development a path such as /desk/households answers the desk's page, like the server does in production. */
function faceRoutes(): Plugin {
  const pattern = new RegExp(`^/(${[...faces, gallery].join('|')})(?:/[^.?]*)?(?:\\?.*)?$`);
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

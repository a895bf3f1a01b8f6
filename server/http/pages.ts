import { PAGE_WORDS } from '../../shared/http/words.ts';
import { sayBeside } from '../../shared/sentence.ts';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import helmet from 'helmet';
import { createBuiltFiles } from './built-files.ts';
import type { KeepToHttps } from './keep-to-https.ts';
import type { Screens } from './kernel-options.ts';
import { sendShared } from './shared-content.ts';

const FACES = ['desk', 'kiosk', 'me', 'board', 'https'] as const;
/** Browsers keep these for when the server cannot be reached, by a service worker beside each page. */
const KEPT_FACES = ['kiosk', 'me'] as const;
const YEAR_S = 31_536_000;
const FOREVER = `public, max-age=${String(YEAR_S)}, immutable`;

/** Serves the built screens: one page for each face, for any path under it, and the files they load. */
export function pagesRouter({ folder, isSetUp, keepsPages }: Screens, keepToHttps: KeepToHttps): Router {
  const router = express.Router();
  router.use((request, response, next) => {
    keepToHttps(request, response);
    next();
  });
  router.use(policy([]));
  // The code reader for the camera is WebAssembly.
  router.use(['/kiosk', '/desk'], policy(["'wasm-unsafe-eval'"]));
  router.use((_request, response, next) => {
    response.setHeader('Permissions-Policy', 'camera=(self), microphone=(), geolocation=()');
    next();
  });
  const files = createBuiltFiles(folder);
  const send = (path: (request: Request) => string, cacheControl: string) => {
    return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
      const content = await files.find(path(request));
      if (content) await sendShared(request, response, content, cacheControl);
      else next();
    };
  };
  const page = (name: string) => send(() => name, 'no-cache');
  const landing = page('/index.html');
  router.get('/assets/*rest', send(pathOf, FOREVER));
  router.get('/', async (request, response, next) => {
    if (await isSetUp()) await landing(request, response, next);
    else response.redirect(302, '/setup');
  });
  router.get('/setup', (request, response) => {
    const query = request.originalUrl.indexOf('?');
    response.redirect(302, `/desk/setup${query < 0 ? '' : request.originalUrl.slice(query)}`);
  });
  for (const face of KEPT_FACES) {
    const worker = page(keepsPages ? `/${face}/worker.js` : '/no-worker.js');
    router.get(`/${face}/worker.js`, async (request, response, next) => {
      // The page itself has no slash at its end, and would lie outside of what a worker beside it may serve.
      response.setHeader('Service-Worker-Allowed', `/${face}`);
      await worker(request, response, next);
    });
  }
  for (const face of FACES) {
    const index = page(`/${face}/index.html`);
    router.get([`/${face}`, `/${face}/*rest`], async (request, response, next) => {
      // A path that looks like a missing file is not answered with a page.
      if (/\.[a-z0-9]{2,11}$/i.test(request.path)) next();
      else await index(request, response, next);
    });
  }
  router.get('/*path', send(pathOf, 'no-cache'));
  return router;
}

function pathOf(request: Request): string {
  return request.path;
}

/**
 * The page loads nothing from another host, runs nothing inline, and is shown in no frame. Plain http stays plain: a
 * village LAN has no certificate.
 */
function policy(moreScript: readonly string[]) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...moreScript],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Browsers complain of these two on addresses without https.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // Said by `keepToHttps`.
    strictTransportSecurity: false,
  });
}

export function notFoundPage(_request: Request, response: Response): void {
  response
    .status(404)
    .type('text/plain; charset=utf-8')
    .send(`${sayBeside(PAGE_WORDS, 'page.not_found')}\n`);
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import helmet from 'helmet';

const FACES = ['desk', 'kiosk', 'me', 'board'] as const;
export const YEAR_S = 31_536_000;

interface Screens {
  readonly folder: string;
  readonly isSetUp: () => Promise<boolean>;
}

/** The built screens: one page for each face, whatever lies behind it in the address, and the files they load. */
export function pagesRouter({ folder, isSetUp }: Screens): Router {
  const router = express.Router();
  router.use(policy([]));
  // The code reader behind the camera is compiled code.
  router.use(['/kiosk', '/desk'], policy(["'wasm-unsafe-eval'"]));
  router.use((_request, response, next) => {
    response.setHeader('Permissions-Policy', 'camera=(self), microphone=(), geolocation=()');
    next();
  });
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      immutable: true,
      maxAge: YEAR_S * 1000,
      index: false,
      fallthrough: false,
    }),
  );
  router.get('/', async (_request, response, next) => {
    if (await isSetUp()) sendPage(join(folder, 'index.html'), response, next);
    else response.redirect(302, '/setup');
  });
  router.get('/setup', (request, response) => {
    const query = request.originalUrl.indexOf('?');
    response.redirect(302, `/desk/setup${query < 0 ? '' : request.originalUrl.slice(query)}`);
  });
  for (const face of FACES) {
    router.get([`/${face}`, `/${face}/*rest`], (request, response, next) => {
      // A file that is not there is missed, not answered with a page.
      if (/\.[a-z0-9]{2,8}$/i.test(request.path)) next();
      else sendPage(join(folder, face, 'index.html'), response, next);
    });
  }
  router.use(
    express.static(folder, {
      index: false,
      redirect: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  return router;
}

function sendPage(path: string, response: Response, next: NextFunction): void {
  if (!existsSync(path)) {
    next();
    return;
  }
  response.setHeader('Cache-Control', 'no-cache');
  response.sendFile(path, (error?: Error) => (error === undefined ? undefined : next(error)));
}

/** Nothing from another host, nothing inline, in nobody's frame. Plain http stays plain: a village LAN has no certificate. */
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
    // Heeded over https only; what else its owner runs under that name is not ours to decide.
    strictTransportSecurity: { includeSubDomains: false },
  });
}

export function notFoundPage(_request: Request, response: Response): void {
  response.status(404).type('text/plain; charset=utf-8').send('没有这个页面 / No such page\n');
}

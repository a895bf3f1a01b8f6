import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import express, { type Request, type Response, type Router } from 'express';
import type { Language } from '../../../shared/messages/errors.ts';
import { languageOf } from '../language.ts';
import { noteOf } from '../call.ts';

interface Asset {
  readonly mediaType: string;
  readonly text: string;
  readonly tag: string;
}

/** The design tokens are the screens' own. */
const TOKENS = new URL('../../../client/ui/tokens.css', import.meta.url);
/** In the order of the cascade. */
const STYLES = ['./docs.css', './operation.css', './narrow.css'];
const YEAR_S = 31_536_000;

/** /api/docs: the reference in the reader's language, and its style and script, which are made when first asked for. */
export function referenceRouter(version: string): Router {
  const router = express.Router();
  const made = new Map<string, Asset>();
  const once = (name: string, mediaType: string, make: () => string): Asset => {
    const found = made.get(name);
    if (found) return found;
    const text = make();
    const tag = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    const asset = { mediaType, text, tag };
    made.set(name, asset);
    return asset;
  };
  const style = () =>
    once('style', 'text/css', () =>
      [TOKENS, ...STYLES.map((name) => new URL(name, import.meta.url))].map(own).join(''),
    );
  const script = () => once('script', 'text/javascript', () => own(new URL('./docs.js', import.meta.url)));
  const page = async (language: Language) => {
    const { referencePage } = await import('./page.ts');
    return once(language, 'text/html', () =>
      referencePage({
        version,
        language,
        style: `/api/docs/${style().tag}.css`,
        script: `/api/docs/${script().tag}.js`,
      }),
    );
  };

  router.use((request, response, next) => {
    noteOf(request).route = 'GET /api/docs';
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    next();
  });
  router.get('/', async (request, response) => {
    response.vary('Accept-Language');
    send(request, response, await page(languageOf(request.headers['accept-language'])));
  });
  for (const language of ['zh', 'en'] as const)
    router.get(`/${language}`, async (request, response) => send(request, response, await page(language)));
  router.get('/:tag.css', (request, response, next) => sendNamed(request, response, style(), next));
  router.get('/:tag.js', (request, response, next) => sendNamed(request, response, script(), next));
  return router;
}

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
} as const;

/** Named by its content: what is behind the name never changes. */
function sendNamed(request: Request, response: Response, asset: Asset, next: () => void): void {
  if (request.params.tag !== asset.tag) {
    next();
    return;
  }
  response.setHeader('Cache-Control', `public, max-age=${YEAR_S}, immutable`);
  sendText(response, asset);
}

function send(request: Request, response: Response, asset: Asset): void {
  const tag = `W/"${asset.tag}"`;
  response.setHeader('ETag', tag);
  response.setHeader('Cache-Control', 'no-cache');
  if (request.headers['if-none-match'] !== tag) {
    sendText(response, asset);
    return;
  }
  response.statusCode = 304;
  response.end();
}

function sendText(response: Response, { mediaType, text }: Asset): void {
  response.setHeader('Content-Type', `${mediaType}; charset=utf-8`);
  response.end(text);
}

function own(file: URL): string {
  return readFileSync(file, 'utf8');
}

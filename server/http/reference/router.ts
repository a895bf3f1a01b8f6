import { readFileSync } from 'node:fs';
import express, { type Request, type Response, type Router } from 'express';
import type { Language } from '../../../shared/sentence.ts';
import { languageOf } from '../language.ts';
import { noteOf } from '../request-note.ts';
import { type SharedContent, sendShared, sharedContent } from '../shared-content.ts';

/** The design tokens are the screens' own. */
const TOKENS = new URL('../../../client/ui/tokens.css', import.meta.url);
/** In the order of the cascade. */
const STYLES = ['./docs.css', './operation.css', './narrow.css'];
const YEAR_S = 31_536_000;

/** /api/docs: the reference in the reader's language, and its style and script, which are made when first asked for. */
export function referenceRouter(version: string): Router {
  const router = express.Router();
  const made = new Map<string, SharedContent>();
  const once = (name: string, mediaType: string, make: () => string): SharedContent => {
    const content = made.get(name) ?? sharedContent(make(), `${mediaType}; charset=utf-8`);
    made.set(name, content);
    return content;
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
    const content = await page(languageOf(request.headers['accept-language']));
    await sendShared(request, response, content, 'no-cache');
  });
  for (const language of ['zh', 'en'] as const)
    router.get(`/${language}`, async (request, response) =>
      sendShared(request, response, await page(language), 'no-cache'),
    );
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
async function sendNamed(
  request: Request,
  response: Response,
  content: SharedContent,
  next: () => void,
): Promise<void> {
  if (request.params.tag === content.tag)
    await sendShared(request, response, content, `public, max-age=${YEAR_S}, immutable`);
  else next();
}

function own(file: URL): string {
  return readFileSync(file, 'utf8');
}

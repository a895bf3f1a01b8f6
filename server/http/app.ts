import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { rateLimit } from 'express-rate-limit';
import { API_BASE } from '../../shared/api-base.ts';
import { Refusal } from '../../shared/errors.ts';
import { createCommandQueue } from '../commands/index.ts';
import { faultOf } from '../redact-error.ts';
import { apiRouter, endpoints, type Runs, runsOf, straightWay } from './router.ts';
import { createRecentCallers, createSharedLookUps } from './authenticate.ts';
import { createBudget } from './budget.ts';
import { beginCall, isLocal, JSON_TYPE, noteOf, sendProblem } from './request-note.ts';
import { createIds } from './ids.ts';
import { LIMITS, type Kernel, type KernelOptions, type MakeDocument } from './kernel-options.ts';
import { logWhenDone } from './log.ts';
import { type KeepToHttps, keepingToHttps } from './keep-to-https.ts';
import { notFoundPage, pagesRouter } from './pages.ts';
import { refusalOf } from './problems.ts';
import { pathsOf } from './rates.ts';
import type { LoadExamples } from './openapi/examples/define.ts';
import { openApiDocument } from './openapi/index.ts';
import { type SharedContent, sendShared, sharedContent } from './shared-content.ts';
import { createWaitingAnswers } from './waiting-answers.ts';

export interface HttpApp {
  readonly app: Express;
  /** Whether an address is that of a proxy in front, as `trustProxy` says. */
  isProxy(address: string): boolean;
  /** From now on every new request is told to try again; those under way are answered. */
  beginStopping(): void;
}

/** The whole of HTTP: the API made of the contract, its description, and the screens. */
export function createHttpApp(options: KernelOptions): HttpApp {
  const kernel = createKernel(options);
  const app = express();
  app.set('trust proxy', options.trustProxy);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');

  const runs = runsOf(kernel, options.handlers);
  const keepToHttps = keepingToHttps(options.publicUrl ?? '');
  app.use(enterApi(kernel, options, runs, keepToHttps));
  app.get(`${API_BASE}/openapi.json`, openApi(options.version, options.examples ?? []));
  app.use(API_BASE, apiRouter(runs));
  app.use('/api', (request: Request, response: Response) =>
    sendProblem(request, response, new Refusal('request.not_found')),
  );
  for (const [path, make] of Object.entries(options.documents ?? {})) app.get(path, sendDocument(make));
  if (options.screens) app.use(pagesRouter(options.screens, keepToHttps));
  app.use(notFoundPage);
  app.use(lastResort(kernel));
  const isTrusted = app.get('trust proxy fn') as (address: string, hops: number) => boolean;
  return {
    app,
    isProxy: (address) => isTrusted(address, 0),
    beginStopping() {
      kernel.stopping = true;
    },
  };
}

function createKernel(options: KernelOptions): Kernel {
  const { store, clock, random, logger, resolvers, answerKeys, bookActs, spoolPlace } = options;
  const limits = { ...LIMITS, ...options.limits };
  return {
    store,
    commands: createCommandQueue(store, options.commandObserver),
    engine: store.engine,
    clock,
    random,
    logger,
    resolvers,
    recentCallers: createRecentCallers(),
    sharedLookUps: createSharedLookUps(resolvers, clock),
    answerKeys,
    bookActs,
    spoolPlace,
    limits,
    bodies: createBudget(limits.bodyBytesPerCaller),
    uploads: createBudget(limits.uploadBytesInAll),
    answers: createWaitingAnswers(limits),
    newId: createIds(clock, random),
    stopping: false,
  };
}

const UNDER_API = /^\/api(?:\/|$)/i;

/**
 * Everything that each request to the API passes, in one layer. A path without parameters goes straight from here to its
 * endpoint; all others are sought by Express.
 */
function enterApi(
  kernel: Kernel,
  options: KernelOptions,
  runs: Runs,
  keepToHttps: KeepToHttps,
): RequestHandler {
  const begin = beginning(kernel, options, keepToHttps);
  const limitRates = rateLimits(kernel);
  const straight = straightWay(runs, API_BASE);
  return (request, response, next) => {
    if (!UNDER_API.test(request.path)) {
      next();
      return;
    }
    begin(request, response);
    if (kernel.stopping) {
      response.setHeader('Connection', 'close');
      sendProblem(request, response, new Refusal('server.stopping'));
    } else if (isLocal(request)) straight(request, response, next);
    else
      limitRates(request, response, (error) => {
        if (error === undefined) straight(request, response, next);
        else next(error);
      });
  };
}

function beginning(kernel: Kernel, { onAnswered }: KernelOptions, keepToHttps: KeepToHttps) {
  const watcher = { logger: kernel.logger, clock: kernel.clock, onAnswered };
  const prefix = Buffer.from(kernel.random(6)).toString('base64url');
  let count = 0;
  return (request: Request, response: Response): void => {
    count += 1;
    const requestId = `${prefix}-${count.toString(36)}`;
    beginCall(request, { requestId, startedMs: kernel.clock(), route: 'none', actor: null, code: null });
    logWhenDone(watcher, request, response);
    response.setHeader('X-Request-Id', requestId);
    setDataHeaders(response);
    keepToHttps(request, response);
  };
}

/** Few and fixed: an answer of the API is data, and nothing else. */
function setDataHeaders(response: Response): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
}

function sendDocument(make: MakeDocument): RequestHandler {
  return (_request, response, next) => {
    const document = make();
    if (document === null) {
      next();
      return;
    }
    setDataHeaders(response);
    response.setHeader('Content-Type', document.mediaType);
    response.end(document.bytes);
  };
}

/**
 * Limits floods only. The counters are in memory and generous, because one address may be a whole village. Guesses at
 * passwords and PINs are counted in the database. The server's own machine is not limited.
 */
function rateLimits({ limits }: Kernel): RequestHandler {
  const perMinute = (limit: number) =>
    rateLimit({
      windowMs: 60_000,
      limit,
      // Its advice on proxies is for programs without a setting for them (TRUST_PROXY).
      validate: false,
      standardHeaders: false,
      legacyHeaders: false,
      handler: (request, response) =>
        sendProblem(request, response, new Refusal('request.too_many', { seconds: 60 })),
    });
  const any = perMinute(limits.requestsPerMinute);
  const logIns = perMinute(limits.logInsPerMinute);
  const isLogInPath = pathsOf(endpoints().filter(({ operation }) => operation.guessable));
  return (request, response, next) => {
    void any(request, response, (error?: unknown) => {
      const isLogIn = isLogInPath(request.method, request.path);
      if (error === undefined && isLogIn) void logIns(request, response, next);
      else next(error);
    });
  };
}

function openApi(version: string, examples: readonly LoadExamples[]) {
  let made: Promise<SharedContent> | undefined;
  return async (request: Request, response: Response): Promise<void> => {
    noteOf(request).route = 'GET /openapi.json';
    made ??= openApiDocument(version, examples).then((document) =>
      sharedContent(JSON.stringify(document), JSON_TYPE),
    );
    await sendShared(request, response, await made, 'no-cache');
  };
}

/** Answers errors that express itself throws (a broken address, a body of the wrong kind), and those nobody caught. */
function lastResort(kernel: Kernel) {
  // Express knows it by its four parameters.
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const { code } = refusalOf(error);
    if (code === 'server.bug' && !isNobodysFault(error)) kernel.logger.error({ err: faultOf(error) }, 'bug');
    if (request.path.startsWith('/api/')) sendProblem(request, response, error);
    // Half of the answer is sent. Express by itself would write the message of the error to standard error.
    else if (response.headersSent) response.destroy();
    else notFoundPage(request, response);
  };
}

/** The page is not there, or whoever asked for it has gone. */
function isNobodysFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('status' in error && error.status === 404) || ('code' in error && error.code === 'ECONNABORTED');
}

import type { Logger } from 'pino';
import type { Engine, Store, Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import type { Operation } from '../../shared/operation.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { ActAt } from '../at.ts';
import type { RecentCallers, SharedLookUps } from './authenticate.ts';
import type { BodyPatience } from './body-deadline.ts';
import type { Budget } from './budget.ts';
import type { Call, CommandObserver, CommandQueue } from '../commands/index.ts';
import type {
  LongContext,
  Recalled,
  Resolvers,
  CommandContext,
  WriteContext,
  ReadContext,
  OpenContext,
} from './context.ts';
import type { SpoolPlace } from './downloads.ts';
import type { LoadExamples } from './openapi/examples/define.ts';
import type { RandomBytes } from './ids.ts';
import type { AnswerKeys } from './answer-encryption.ts';
import type { AnswerLimits, WaitingAnswers } from './waiting-answers.ts';

type AnyContext = ReadContext & WriteContext & OpenContext;

/** A handler as the kernel sees it, its endpoint's types set aside: the contract is checked at run time here. */
export type AnyHandler =
  | ((input: unknown, context: AnyContext) => Promise<unknown>)
  | {
      command(input: unknown, context: CommandContext): Call<unknown>;
      readonly recalled?: Recalled<unknown>;
    }
  | {
      isThere(input: unknown, context: AnyContext): Promise<boolean>;
      run(input: unknown, context: AnyContext): Promise<unknown>;
    }
  | {
      before(input: unknown): Promise<unknown>;
      run(input: unknown, context: AnyContext, prepared: unknown): Promise<unknown>;
    }
  | {
      prepare(input: unknown, context: LongContext, isAgain: boolean): Promise<unknown>;
      run(input: unknown, context: AnyContext, prepared: unknown): Promise<unknown>;
      end?(input: unknown, context: LongContext): Promise<void>;
    };

export interface Limits extends BodyPatience, AnswerLimits {
  /** How long a request may take before it is answered that its outcome is not known. */
  readonly deadlineMs: number;
  /** For imports, verification, exports and the demo. */
  readonly longDeadlineMs: number;
  /** Requests a minute from one address; and of those, tries to log in. */
  readonly requestsPerMinute: number;
  readonly logInsPerMinute: number;
  /** How long a caller may take none of a download. */
  readonly stalledMs: number;
  /** How many bytes of bodies may be read or worked on for one caller, and of uploads for all together. */
  readonly bodyBytesPerCaller: number;
  readonly uploadBytesInAll: number;
}

const MB = 1024 * 1024;

export const LIMITS: Limits = {
  deadlineMs: 30_000,
  longDeadlineMs: 10 * 60_000,
  requestsPerMinute: 6_000,
  logInsPerMinute: 60,
  stalledMs: 60_000,
  bodyMs: 20_000,
  uploadBytesPerSecond: 4 * 1024,
  bodyBytesPerCaller: 24 * MB,
  uploadBytesInAll: 64 * MB,
  answerBytesPerAddress: 48 * MB,
  answerBytesInAll: 160 * MB,
};

/** Called for each answer, for the metrics. It must not throw. */
export type OnAnswered = (answer: {
  /** The pattern of the route, never the address. */
  readonly route: string;
  readonly method: string;
  /** 499: the caller had gone. */
  readonly status: number;
  readonly code: ErrorCode | null;
  readonly tookMs: number;
}) => void;

/** Writes acts into the village's book, in the transaction of what they tell of. */
export type BookActs = (tx: Tx, at: ActAt, acts: readonly AnyAct[]) => Promise<void>;

export type MakeDocument = () => { readonly mediaType: string; readonly bytes: Buffer } | null;

/** Everything the kernel is given. Nothing of it is global. */
export interface KernelOptions {
  readonly store: Store;
  readonly clock: () => number;
  readonly random: RandomBytes;
  readonly logger: Logger;
  readonly resolvers: Resolvers;
  readonly answerKeys: AnswerKeys;
  readonly bookActs: BookActs;
  readonly handlers: Partial<Readonly<Record<EndpointId, unknown>>>;
  readonly version: string;
  /** Examples of the modules' endpoints, for the description of the API. */
  readonly examples?: readonly LoadExamples[] | undefined;
  /** Express's "trust proxy": which proxies in front may say who is calling. */
  readonly trustProxy: boolean | number | string;
  /** The address that the settings give for everybody; empty if none. With https there, browsers are told to keep to it. */
  readonly publicUrl?: string | undefined;
  /** Small documents outside the API, by their paths. They are made at each request; null: there is none. */
  readonly documents?: Readonly<Record<string, MakeDocument>> | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly spoolPlace: SpoolPlace;
  readonly onAnswered?: OnAnswered | undefined;
  readonly commandObserver?: CommandObserver | undefined;
  /** The built screens; none are served when left out. */
  readonly screens?: Screens;
}

export interface Screens {
  readonly folder: string;
  readonly isSetUp: () => Promise<boolean>;
  /** False: browsers that keep pages for when the server is gone are told to keep them no longer. */
  readonly keepsPages: boolean;
}

/** The parts of the kernel share this. */
export interface Kernel {
  readonly store: Store;
  readonly commands: CommandQueue;
  readonly engine: Engine;
  readonly clock: () => number;
  readonly random: RandomBytes;
  readonly logger: Logger;
  readonly resolvers: Resolvers;
  readonly recentCallers: RecentCallers;
  readonly sharedLookUps: SharedLookUps;
  readonly answerKeys: AnswerKeys;
  readonly bookActs: BookActs;
  readonly limits: Limits;
  readonly spoolPlace: SpoolPlace;
  /** Bytes of bodies by caller, and of uploads in all (Limits). */
  readonly bodies: Budget;
  readonly uploads: Budget;
  readonly answers: WaitingAnswers;
  readonly newId: () => string;
  /** True while the server is stopping: new requests are told to try again. */
  stopping: boolean;
}

/** One endpoint of the table with its contract. */
export interface Endpoint {
  readonly id: EndpointId;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly operation: Operation;
}

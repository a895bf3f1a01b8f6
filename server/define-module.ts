import type { Reader, Store, Tx } from '../db/index.ts';
import type { LoadExamples } from './http/index.ts';
import type { Job } from './jobs/index.ts';
import type { Ledger } from './ledger/index.ts';
import type { EraseHousehold, ProposalKindDef } from './proposals/index.ts';

/** The daily round in which every module ends what has outlived its reason. */
export interface SweepRound {
  readonly store: Store;
  readonly nowMs: number;
  readonly villageIds: readonly string[];
  /** Asked between steps: the server may be going down. */
  readonly isOver: () => boolean;
}

/** The household whose personal data is erased for good. */
export interface ErasedHousehold {
  readonly villageId: string;
  readonly id: string;
  readonly nowMs: number;
  /** All by which it may be found in texts of others: its id, name, phone and cards. */
  readonly texts: readonly string[];
}

/** The household whose file is written, and how times and people are written in it. */
export interface FileSubject {
  readonly reader: Reader;
  readonly villageId: string;
  readonly householdId: string;
  readonly moment: (atMs: number | null) => string | null;
  /** Masks a name as the household's passbook does. */
  readonly nameOf: (id: string | null) => string | null;
}

/** A titled part of the file; what comes one by one is written so, because photos are large. */
export type FilePart = readonly [title: string, content: object | readonly unknown[] | AsyncIterable<object>];

/** Kinds of proposals are made before the services that need them all. */
export interface ServicesOfKinds {
  readonly erase: EraseHousehold;
}

/** What one domain brings to the server; server/modules.ts lists them all. */
export interface Module<Services, HandlersOfIt> {
  readonly name: string;
  /** Answers its endpoints; without them the domain has none. */
  readonly handlers?: (services: Services) => HandlersOfIt;
  /** Examples of its endpoints, played after those of the others (docs/api.md). */
  readonly examples?: LoadExamples;
  /** How the server carries out proposals of its kinds once they are approved. */
  readonly proposalKinds?: (services: ServicesOfKinds) => readonly ProposalKindDef[];
  /** Work that the server does by itself. */
  readonly jobs?: (services: Services) => readonly Job[];
  /** Ends what has outlived its reason (docs/privacy.md), in small transactions. Doing it again does nothing more. */
  readonly sweep?: (round: SweepRound) => Promise<void>;
  /** Answers by which texts the household may be found. */
  readonly textsOf?: (reader: Reader, villageId: string, householdId: string) => Promise<readonly string[]>;
  /** Erases what the domain keeps about the household, in the transaction of the approval. */
  readonly eraseHousehold?: (tx: Tx, household: ErasedHousehold, ledger: Ledger) => Promise<void>;
  /** Answers what the domain keeps about the household, for its own file. */
  readonly personalFile?: (subject: FileSubject) => Promise<readonly FilePart[]>;
}

/** Keeps the exact types of a module's services and handlers. */
export function defineModule<Services, HandlersOfIt>(
  module: Module<Services, HandlersOfIt>,
): Module<Services, HandlersOfIt> {
  return module;
}

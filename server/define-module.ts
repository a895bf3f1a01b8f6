import type { Reader, Store, Tx } from '../db/index.ts';
import type { StartCheck } from './acts/index.ts';
import type { LoadExamples } from './http/index.ts';
import type { Job } from './jobs/index.ts';
import type { Ledger } from './ledger/index.ts';
import type { NamesById } from './named-things.ts';
import type { RowKind } from './outbox/index.ts';
import type { EraseHousehold, ProposalKindDef } from './proposals/index.ts';

/** The daily round in which every module removes data that has outlived its reason. */
export interface SweepRound {
  readonly store: Store;
  readonly nowMs: number;
  readonly villageIds: readonly string[];
  /** Asked between steps, because the server may be shutting down. */
  readonly isOver: () => boolean;
}

/** The household whose personal data is erased for good. */
export interface ErasedHousehold {
  readonly villageId: string;
  readonly id: string;
  readonly nowMs: number;
  /** Everything by which other texts may name it: its id, name, phone and cards. */
  readonly texts: readonly string[];
}

/** The household whose file is written, and how times and people are written in it. */
export interface FileSubject {
  readonly reader: Reader;
  readonly villageId: string;
  readonly householdId: string;
  readonly timeZone: string;
  readonly moment: (atMs: number | null) => string | null;
  /** Masks a name as the household's passbook does: the name at the entry of this number, else today's. */
  readonly nameOf: (id: string | null, number?: number) => string | null;
}

/** A titled part of the file. Large content comes as an iterable, because photos are large. */
export type FilePart = readonly [title: string, content: object | readonly unknown[] | AsyncIterable<object>];

/** Kinds of proposals are made before the services that need them all. */
export interface ServicesOfKinds {
  readonly erase: EraseHousehold;
}

/** The parts that one domain adds to the server; server/modules.ts lists all domains. */
export interface Module<Services, HandlersOfIt> {
  readonly name: string;
  /** The handlers of its endpoints; undefined if it has none. */
  readonly handlers?: (services: Services) => HandlersOfIt;
  /** Examples of its endpoints, played before the end of the common story (docs/api.md). */
  readonly examples?: LoadExamples;
  /** How the server carries out proposals of its kinds once they are approved. */
  readonly proposalKinds?: (services: ServicesOfKinds) => readonly ProposalKindDef[];
  /** The kinds of rows that devices keep in an outbox, and that it books. */
  readonly rowKinds?: (services: Services) => readonly RowKind[];
  /** The names of its things by id, for acts that were done to them: by the kind of thing, `household`. */
  readonly thingNames?: Readonly<Record<string, NamesById>>;
  /** Compares its rows with the book, which tells how each came about: part of every verification. */
  readonly checks?: readonly StartCheck[];
  /** Periodic work. */
  readonly jobs?: (services: Services) => readonly Job[];
  /**
   * Removes data that has outlived its reason (docs/privacy.md), in small transactions. Running it again does nothing
   * more.
   */
  readonly sweep?: (round: SweepRound) => Promise<void>;
  /** Returns the texts by which the household may be found. */
  readonly textsOf?: (reader: Reader, villageId: string, householdId: string) => Promise<readonly string[]>;
  /** Erases what the domain keeps about the household, in the transaction of the approval. */
  readonly eraseHousehold?: (tx: Tx, household: ErasedHousehold, ledger: Ledger) => Promise<void>;
  /** Returns everything that the domain keeps about the household, for the household's own file. */
  readonly personalFile?: (subject: FileSubject) => Promise<readonly FilePart[]>;
}

/** Keeps the exact types of a module's services and handlers. */
export function defineModule<Services, HandlersOfIt>(
  module: Module<Services, HandlersOfIt>,
): Module<Services, HandlersOfIt> {
  return module;
}

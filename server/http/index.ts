/** The HTTP kernel: the contract made into an API, its refusals into problem documents, and the screens. */
export { type AnswerKeys, seal, unseal } from './answer-encryption.ts';
export { createHttpApp, type HttpApp } from './app.ts';
export type {
  Actor,
  Caller,
  CommandContext,
  EndpointsOf,
  Handler,
  Handlers,
  HandlersOf,
  OpenContext,
  PreparedHandler,
  Recalled,
  PublicContext,
  ReadContext,
  Resolvers,
  StaffWrite,
  VillageContext,
  WriteContext,
} from './context.ts';
export { longHandler, withBefore } from './context.ts';
export { clearSpool, type SpoolPlace } from './downloads.ts';
export { createIds, idsFrom, madeAtMs, type RandomBytes } from './ids.ts';
export type { KernelOptions, Limits, OnAnswered } from './kernel-options.ts';
export type { Example, LoadExamples } from './openapi/examples/define.ts';
export { callerOf } from './connections.ts';
export { createListener, createListeners } from './listener.ts';
export { createLogger } from './logger.ts';
export { createOperate, type Operate } from './operate.ts';
export { readVillage, villageColumns, villageOf } from './villages.ts';

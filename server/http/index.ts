export type {
  Actor,
  Caller,
  EndpointsOf,
  Handler,
  Handlers,
  OpenContext,
  PreparedHandler,
  ReadContext,
  Resolvers,
  VillageContext,
  WriteContext,
} from './context.ts';
export { withBefore } from './context.ts';
export { createIds, type RandomBytes } from './ids.ts';
export { readVillage } from './villages.ts';

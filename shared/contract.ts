import { foldPart } from './fold.ts';
import { SERVED } from './served.ts';

/** The contract: every endpoint's input, output, permission and refusals. The server, the client's types and the OpenAPI document come from it. */
export const OPERATIONS = /* @__PURE__ */ foldPart(SERVED, 'operations');

export type Operations = typeof OPERATIONS;

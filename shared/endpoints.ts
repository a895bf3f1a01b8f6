import { DOMAINS } from './domains.ts';
import { foldPart } from './fold.ts';

/**
 * Every endpoint: its name, method and path. The light faces import the endpoints.ts of their own domains instead.
 * The contract says what goes in and out, and who may call.
 */
export const ENDPOINTS = /* @__PURE__ */ foldPart(DOMAINS, 'endpoints');

export type EndpointId = keyof typeof ENDPOINTS;

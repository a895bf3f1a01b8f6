import { DOMAINS } from './domains.ts';
import type { ErrorSpec } from './error-spec.ts';
import { foldPart } from './fold.ts';

/** Every refusal and failure, by its code. */
export const ERRORS = /* @__PURE__ */ foldPart(DOMAINS, 'errors');

export type ErrorCode = keyof typeof ERRORS;

export type ErrorParams = Readonly<Record<string, string | number>>;

/** Thrown where a rule says no; carries the code and the figures its sentence needs, never prose. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
  }
}

export function errorSpec(code: ErrorCode): ErrorSpec {
  return ERRORS[code];
}

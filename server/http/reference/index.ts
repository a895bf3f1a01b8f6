/** The API described: for programs (OpenAPI 3.1) and for people (/api/docs), both made of the contract. */
export { openApiDocument } from './openapi.ts';
export { referenceRouter } from './router.ts';

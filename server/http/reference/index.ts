/**
 * The API described: for programs (OpenAPI 3.1) and for people (/api/docs), both made of the contract. Few read it, and
 * all that is written there is loaded for them alone.
 */
export { referenceRouter } from './router.ts';

export async function openApiDocument(version: string): Promise<unknown> {
  const { openApiDocument: describe } = await import('./openapi.ts');
  return describe(version);
}

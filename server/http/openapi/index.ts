/** The API described for programs (OpenAPI 3.1), made of the contract. Few read it, so it is loaded when it is asked for. */

export async function openApiDocument(version: string): Promise<unknown> {
  const { openApiDocument: describe } = await import('./document.ts');
  return describe(version);
}

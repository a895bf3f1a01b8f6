/** The API described for programs (OpenAPI 3.1), made of the contract. Few read it, so it is loaded when it is asked for. */
import type { LoadExamples } from './examples/define.ts';

export async function openApiDocument(version: string, examples: readonly LoadExamples[]): Promise<unknown> {
  const { openApiDocument: describe } = await import('./document.ts');
  const more = await Promise.all(examples.map((load) => load()));
  return describe(version, more.flat());
}

import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { baseCompile } from '@intlify/message-compiler';
import type { Plugin } from 'vite';

type Messages = { [key: string]: string | Messages };

/**
 * Compiles the catalogues (`locales/*.ts`) when building, so that the browser needs no message compiler.
 * A catalogue is a plain module whose default export is an object of sentences: Node reads it as it is.
 */
export function compiledMessages(): Plugin {
  return {
    name: 'compiled-messages',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      if (!/\/locales\/[\w-]+\.ts$/.test(id)) return null;
      const fresh = `${pathToFileURL(id).href}?at=${statSync(id).mtimeMs}`;
      const { default: messages } = (await import(fresh)) as { default: Messages };
      return { code: `export default ${JSON.stringify(compileAll(messages, id))};`, moduleType: 'js' };
    },
  };
}

function compileAll(messages: Messages, where: string): object {
  return Object.fromEntries(
    Object.entries(messages).map(([key, value]) => [
      key,
      typeof value === 'string' ? compileOne(value, `${where} ${key}`) : compileAll(value, `${where} ${key}`),
    ]),
  );
}

/** A sentence without placeholders stays the text it is. */
function compileOne(sentence: string, where: string): unknown {
  if (!/[{}@|%\\]/.test(sentence)) return sentence;
  const { ast } = baseCompile(sentence, {
    jit: true,
    location: false,
    optimize: true,
    minify: true,
    onError(error) {
      throw new Error(`${where}: ${error.message}`);
    },
  });
  return ast;
}

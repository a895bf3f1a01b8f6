import { resolve } from 'node:path';
import type { EnvironmentOptions, Plugin } from 'vite';
import { KEPT_FACES, keptFiles, type KeptFace } from './kept-files.ts';

/** Stands in the worker's source for the list of its files, as in a worker made by workbox's own tools. */
const PLACE = 'self.__WB_MANIFEST';

export interface WorkerBuild {
  readonly face: KeptFace;
  /** The name of the environment that builds it. */
  readonly environment: string;
}

export const workerBuilds: readonly WorkerBuild[] = KEPT_FACES.map((face) => ({
  face,
  environment: `${face}Worker`,
}));

/**
 * The service worker of a face: one classic script of its own, beside the face's page. It is built after the pages,
 * because it lists their files.
 */
export function workerEnvironment(
  { face }: WorkerBuild,
  { source, target }: { readonly source: string; readonly target: string[] },
): EnvironmentOptions {
  return {
    consumer: 'client',
    build: {
      target,
      emptyOutDir: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: source,
        output: { format: 'iife', entryFileNames: `${face}/worker.js` },
      },
    },
  };
}

/** Writes into each worker the list of the files that it keeps. */
export function serviceWorkers(): Plugin {
  return {
    name: 'service-workers',
    apply: 'build',
    generateBundle(_options, bundle) {
      const { name, config } = this.environment;
      const build = workerBuilds.find(({ environment }) => environment === name);
      if (build === undefined) return;
      const worker = bundle[`${build.face}/worker.js`];
      if (worker?.type !== 'chunk' || worker.code.split(PLACE).length !== 2)
        throw new Error(`the service worker of ${build.face} has no place for its list, or more than one`);
      const dist = resolve(config.root, config.build.outDir);
      worker.code = worker.code.replace(PLACE, () => JSON.stringify(keptFiles(dist, build.face)));
    },
  };
}

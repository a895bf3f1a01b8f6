/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** The folder of the drawings, with a slash at its end (client/build/drawings.ts). */
  readonly VITE_DRAWINGS: string;
  /** Changes with the API's contract (client/build/contract-mark.ts). */
  readonly VITE_CONTRACT: string;
}

/** For tools that read TypeScript alone; vue-tsc reads the components themselves. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}

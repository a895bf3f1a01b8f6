/** The demo village (load.ts). This door is light: what makes the village is loaded when one is made. */
import type { DemoLogins } from '../village/index.ts';
import type { DemoDeps, DemoOptions } from './load.ts';

export { finishDemoLogins } from './logins.ts';

/** Makes the demo village and answers its log-ins, which are also in DATA_DIR/demo-logins.json. Refuses with setup.done. */
export async function loadDemo(deps: DemoDeps, options: DemoOptions = {}): Promise<DemoLogins> {
  const { loadDemo: make } = await import('./load.ts');
  return make(deps, options);
}

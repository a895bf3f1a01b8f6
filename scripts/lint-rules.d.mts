export declare const tables: Record<string, { readonly room: string; readonly sqlName: string }>;

/** Both linters load it. */
declare const plugin: { readonly rules: Record<string, never> };
export default plugin;

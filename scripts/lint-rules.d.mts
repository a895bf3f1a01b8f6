export declare const tables: Record<string, { readonly room: string; readonly sqlName: string }>;

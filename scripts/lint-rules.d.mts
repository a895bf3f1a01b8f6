export declare const ledgerTables: Record<string, string>;

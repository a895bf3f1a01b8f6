export const kilobyte: number;
export function filesBeside(dist: string, faceName: string, stateName?: string): string[];
export function firstFiles(dist: string, faceName: string, stateName?: string): string[];

export const kilobyte: number;
export function firstFiles(dist: string, faceName: string, stateName?: string): string[];

/** The address of a drawing of client/drawings by its name. */
export function drawingUrl(name: string): string {
  return `${import.meta.env.VITE_DRAWINGS}${name}.svg`;
}

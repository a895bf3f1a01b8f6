import { code128, type DrawingContext } from 'bwip-js/browser';

/** Bars as a path on a field one unit high, in modules from the left. */
export interface Bars {
  readonly path: string;
  readonly modules: number;
}

/** Two units a module, so that the middle of every bar is a whole number. */
const UNITS = 2;

/** The barcode that one-dimensional USB scanners read; digits take half a letter's room. */
export function barsOf(digits: string): Bars {
  return code128({ bcid: 'code128', text: digits, scale: UNITS, height: 1 }, createPen());
}

/** Keeps the bars instead of painting them; what other symbols are made of does not occur. */
function createPen(): DrawingContext<Bars> {
  const parts: string[] = [];
  let fieldWidth = 0;
  const paintsNothing = () => undefined;
  return {
    scale: (x, y) => [x, y],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width) => (fieldWidth = width),
    line(x, _top, _x, _bottom, width) {
      const [left, wide] = [(x - width / 2) / UNITS, String(width / UNITS)];
      parts.push(`M${String(left)} 0h${wide}v1h-${wide}z`);
    },
    polygon: paintsNothing,
    hexagon: paintsNothing,
    ellipse: paintsNothing,
    fill: paintsNothing,
    text: paintsNothing,
    end: () => ({ path: parts.join(''), modules: fieldWidth / UNITS }),
  };
}

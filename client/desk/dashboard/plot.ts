import type uPlot from 'uplot';

/** The content of one plot: a figure for each month and series; a hole where there is none. */
export interface PlotSeries {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** Told apart by more than colour: solid or hatched bars, full or broken lines. */
  readonly look: 'solid' | 'hatched' | 'line' | 'broken';
  readonly colour: string;
}

export interface PlotPaint {
  /** Names under the axis. */
  readonly ticks: readonly string[];
  readonly series: readonly PlotSeries[];
  /** Writes a figure at the axis. */
  readonly write: (value: number) => string;
  readonly ink: string;
  readonly grid: string;
  readonly font: string;
}

export interface Plot {
  readonly resize: (width: number) => void;
  readonly remove: () => void;
}

const HEIGHT = 300;
const GROUP_SHARE = 0.72;

/** Draws months along the floor and figures up the wall. The library comes when the first plot is shown. */
export async function drawPlot(target: HTMLElement, paint: PlotPaint, width: number): Promise<Plot> {
  const [{ default: UPlot }] = await Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')]);
  const bars = paint.series.filter(isBar);
  const months = paint.ticks.map((_, index) => index);
  const options: uPlot.Options = {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: false, range: [-0.6, months.length - 0.4] },
      y: { range: (_, low, high) => rangeWithZero(low, high) },
    },
    axes: [monthsAxis(paint), figuresAxis(paint)],
    series: [
      {},
      ...paint.series.map((one) => seriesOf(UPlot, one, bars.indexOf(one), Math.max(1, bars.length))),
    ],
  };
  const data: uPlot.AlignedData = [months, ...paint.series.map(({ values }) => [...values])];
  const plot = new UPlot(options, data, target);
  return { resize: (wide) => plot.setSize({ width: wide, height: HEIGHT }), remove: () => plot.destroy() };
}

function isBar({ look }: PlotSeries): boolean {
  return look === 'solid' || look === 'hatched';
}

/** Zero is always in view, and nothing touches the ceiling. */
export function rangeWithZero(low: number, high: number): [number, number] {
  const [bottom, top] = [Math.min(0, low), Math.max(0, high)];
  if (bottom === top) return [0, 1];
  const air = (top - bottom) * 0.08;
  return [bottom < 0 ? bottom - air : 0, top > 0 ? top + air : 0];
}

function monthsAxis({ ticks, ink, grid, font }: PlotPaint): uPlot.Axis {
  return {
    stroke: ink,
    font,
    size: 44,
    grid: { show: false },
    ticks: { stroke: grid, width: 1 },
    // A name under each month, or under as many as fit beside each other.
    splits: (plot) => {
      const each = Math.max(1, Math.ceil((ticks.length * 62) / Math.max(1, plot.width)));
      return ticks.map((_, index) => index).filter((index) => (ticks.length - 1 - index) % each === 0);
    },
    values: (_, splits) => splits.map((index) => ticks[index] ?? ''),
  };
}

function figuresAxis({ write, ink, grid, font }: PlotPaint): uPlot.Axis {
  return {
    stroke: ink,
    font,
    // Before the first figures are known there are none.
    size: (plot, values: string[] | null) => {
      plot.ctx.font = font;
      const widths = (values ?? ['0']).map((value) => plot.ctx.measureText(value).width);
      return Math.ceil(Math.max(...widths) / devicePixelRatio) + 22;
    },
    space: 48,
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
    values: (_, splits) => splits.map(write),
  };
}

function seriesOf(
  UPlot: typeof uPlot,
  { label, look, colour }: PlotSeries,
  place: number,
  count: number,
): uPlot.Series {
  const common = { label, stroke: colour, points: { show: false } };
  if (look === 'line' || look === 'broken') {
    const points = { show: true, size: 9, fill: look === 'line' ? colour : '#fff', stroke: colour, width: 2 };
    return { ...common, width: 3, points, ...(look === 'broken' ? { dash: [9, 6] } : {}) };
  }
  const bars = UPlot.paths.bars?.({
    size: [GROUP_SHARE / count, 60],
    align: count === 1 ? 0 : place === 0 ? -1 : 1,
  });
  return {
    ...common,
    width: 2,
    fill: look === 'solid' ? colour : (plot) => hatch(plot.ctx, colour),
    ...(bars ? { paths: bars } : {}),
  };
}

/** Slanting lines, told from a full area without any colour. */
function hatch(context: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const tile = document.createElement('canvas');
  const size = 10 * devicePixelRatio;
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext('2d');
  if (!pen) return colour;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, size, size);
  pen.strokeStyle = colour;
  pen.lineWidth = size / 5;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat') ?? colour;
}

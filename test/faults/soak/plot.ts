import type { Sample } from './growth';

/** A curve of a plot. */
export interface Curve {
  name: string;
  samples: readonly Sample[];
}

export interface Plot {
  /** With the unit. */
  title: string;
  curves: Curve[];
}

const [WIDTH, HEIGHT, LEFT, TOP, GAP] = [420, 150, 56, 44, 40];
const COLORS = ['#1f6feb', '#bf5b04', '#2da44e'];

const number = (value: number) => String(Number(value.toPrecision(3)));

function panel({ title, curves }: Plot, seconds: number, faults: readonly Sample[]): string {
  const highest = Math.max(...curves.flatMap(({ samples }) => samples.map(([, value]) => value)), 1e-9) * 1.1;
  const x = (at: number) => ((at / seconds) * WIDTH).toFixed(1);
  const y = (value: number) => (HEIGHT - (value / highest) * HEIGHT).toFixed(1);
  const shades = faults.map(
    ([from, to]) =>
      `<rect x="${x(from)}" width="${((Math.max(to - from, 0) / seconds) * WIDTH).toFixed(1)}" height="${HEIGHT}" fill="#d1242f" opacity="0.12"/>`,
  );
  const lines = curves.map(
    ({ samples }, index) =>
      `<polyline fill="none" stroke="${COLORS[index]}" points="${samples.map(([at, value]) => `${x(at)},${y(value)}`).join(' ')}"/>`,
  );
  const names = curves.map(
    ({ name }, index) => `<tspan fill="${COLORS[index]}"${index > 0 ? ' dx="10"' : ''}>${name}</tspan>`,
  );
  return [
    `<text y="-18" font-weight="bold">${title}</text><text y="-5">${names.join('')}</text>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="#8c959f"/>`,
    ...shades,
    ...lines,
    `<text x="-5" y="${HEIGHT}" text-anchor="end">0</text>`,
    `<text x="-5" y="10" text-anchor="end">${number(highest)}</text>`,
    `<text x="${WIDTH}" y="${HEIGHT + 13}" text-anchor="end">${number(seconds / 60)} min</text>`,
  ].join('\n');
}

/**
 * The plots in two columns, over one time, as SVG.
 * @param faults when each began and ended, in seconds, which is shaded
 */
export function drawPlots(plots: Plot[], seconds: number, faults: readonly Sample[]): string {
  const [column, row] = [LEFT + WIDTH + GAP, TOP + HEIGHT + GAP / 2];
  const height = Math.ceil(plots.length / 2) * row + GAP / 2;
  const panels = plots.map(
    (plot, index) =>
      `<g transform="translate(${LEFT + (index % 2) * column},${TOP + Math.floor(index / 2) * row})">\n${panel(plot, seconds, faults)}\n</g>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * column} ${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...panels,
    '</svg>\n',
  ].join('\n');
}

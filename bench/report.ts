import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Count } from './counting-proxy';
import type { Measurement } from './measurement';
import { median, spread } from './statistics';

/** Rounds of one server under one load. */
export interface Series {
  server: string;
  load: string;
  rounds: Measurement[];
}

const of = (rounds: Measurement[], figure: keyof Measurement) => median(rounds.map((round) => round[figure]));

/** What the figures were taken on. */
export const machine = (): string =>
  `${availableParallelism()} × ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;

const HEADINGS = ['load', 'server', 'requests/s', 'p50 ms', 'p99 ms', 'server CPU µs', 'database CPU µs'];

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

/** Medians of the rounds. */
export function figuresTable(series: Series[]): string[] {
  const headings = [...HEADINGS, 'MB resident', 'load CPU'];
  return [
    row(headings),
    row(headings.map((_, index) => (index < 2 ? '---' : '---:'))),
    ...series.map(({ server, load, rounds }) =>
      row([
        load,
        server,
        of(rounds, 'requestsPerSecond').toFixed(0),
        of(rounds, 'p50').toFixed(2),
        of(rounds, 'p99').toFixed(2),
        of(rounds, 'serverCpu').toFixed(0),
        of(rounds, 'databaseCpu').toFixed(0),
        of(rounds, 'residentMegabytes').toFixed(0),
        `${(of(rounds, 'loadCpu') * 100).toFixed(0)} %`,
      ]),
    ),
  ];
}

/** The server's requests a second over another's, round by round: median (least..most). */
export function ratiosTable(series: Series[], others: string[]): string[] {
  const loads = [...new Set(series.map(({ load }) => load))];
  const find = (load: string, server: string) =>
    series.find((one) => one.load === load && one.server === server)?.rounds;
  const ratio = (load: string, other: string) => {
    const [mine, theirs] = [find(load, 'server'), find(load, other)];
    if (!mine || !theirs) return '';
    return spread(
      mine.map(
        ({ requestsPerSecond }, index) => requestsPerSecond / (theirs[index]?.requestsPerSecond ?? NaN),
      ),
    );
  };
  const tail = (load: string) => spread((find(load, 'server') ?? []).map(({ p50, p99 }) => p99 / p50));
  return [
    row(['load', ...others.map((other) => `server / ${other}`), 'p99 / p50']),
    row(['---', ...others.map(() => '---:'), '---:']),
    ...loads.map((load) => row([load, ...others.map((other) => ratio(load, other)), tail(load)])),
  ];
}

export const countsTable = (counts: Record<string, Record<string, Count>>): string[] => [
  row(['server', 'call', 'SQL statements', 'round trips']),
  row(['---', '---', '---:', '---:']),
  ...Object.entries(counts).flatMap(([server, calls]) =>
    Object.entries(calls).map(([call, { statements, roundTrips }]) =>
      row([server, call, ...[statements, roundTrips].map((mean) => Number(mean.toFixed(2)))]),
    ),
  ),
];

/** Where the command writes: what was asked for on standard output, all else on standard error. */
export class Output {
  private progressShown = '';

  constructor(readonly json: boolean) {}

  /** @param text what people read in place of the JSON */
  result(value: unknown, text: string): void {
    this.endProgress();
    process.stdout.write(`${this.json ? JSON.stringify(value, null, 2) : text}\n`);
  }

  /** How far long work has come: on a terminal in one line, else now and then. */
  progress(done: number, total: number | null, what: string): void {
    const text = total === null ? `${done} ${what}` : `${done} of ${total} ${what}`;
    if (this.json) process.stderr.write(`${JSON.stringify({ done, total, what })}\n`);
    else if (process.stderr.isTTY) process.stderr.write(`\r${text.padEnd(this.progressShown.length)}`);
    else process.stderr.write(`${text}\n`);
    this.progressShown = text;
  }

  note(text: string): void {
    this.endProgress();
    if (!this.json) process.stderr.write(`${text}\n`);
  }

  private endProgress(): void {
    if (this.progressShown && process.stderr.isTTY && !this.json) process.stderr.write('\n');
    this.progressShown = '';
  }
}

/** Rows below their headings. */
export function toTable(headings: string[], rows: (string | null)[][]): string {
  const lines = [headings, ...rows.map((row) => row.map((cell) => cell ?? '-'))];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Something that was looked at, in words. */
export interface Finding {
  about:
    | 'configuration'
    | 'origins'
    | 'database'
    | 'clock'
    | 'proxy'
    | 'messages'
    | 'limits'
    | 'metadata'
    | 'disk'
    | 'secrets';
  /** `problem`: it does not work, or not safely; `warning`: somebody should look at it. */
  state: 'ok' | 'warning' | 'problem';
  text: string;
}

/** Findings about one thing. */
export class Findings {
  readonly list: Finding[] = [];

  constructor(private readonly about: Finding['about']) {}

  ok(text: string): void {
    this.list.push({ about: this.about, state: 'ok', text });
  }

  warn(text: string): void {
    this.list.push({ about: this.about, state: 'warning', text });
  }

  problem(text: string): void {
    this.list.push({ about: this.about, state: 'problem', text });
  }
}

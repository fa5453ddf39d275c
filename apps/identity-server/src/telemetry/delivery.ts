import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { Logger } from 'pino';

type Exported = 'traces' | 'metrics';

interface Exporter<Items> {
  export: (items: Items, done: (result: ExportResult) => void) => void;
}

/** Whether what exporters send arrives: told once when it no longer does, and once when it does again. */
export class Delivery {
  private readonly lost = new Set<Exported>();

  constructor(private readonly logger: () => Logger | undefined) {}

  get isLost(): boolean {
    return this.lost.size > 0;
  }

  watch<Items, Watched extends Exporter<Items>>(
    exported: Exported,
    exporter: Watched & Exporter<Items>,
  ): Watched {
    const send = exporter.export.bind(exporter);
    exporter.export = (items, done) => {
      send(items, (result) => {
        this.note(exported, result);
        done(result);
      });
    };
    return exporter;
  }

  private note(exported: Exported, { code, error }: ExportResult): void {
    if (code === ExportResultCode.SUCCESS) {
      if (this.lost.delete(exported)) this.logger()?.info({ exported }, 'OpenTelemetry is received again');
    } else if (!this.lost.has(exported)) {
      this.lost.add(exported);
      this.logger()?.warn({
        problem: 'what is told by OpenTelemetry is lost',
        exported,
        cause: error?.message ?? 'unknown',
      });
    }
  }
}

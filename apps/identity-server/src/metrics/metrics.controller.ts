import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, Headers, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ApiErrors, ExperienceException } from '@passkey/experience-verification';
import { Registry } from 'prom-client';
import { Metrics } from './metrics';

/** The bearer token that `/metrics` asks for; null: none. */
export const METRICS_TOKEN = Symbol('METRICS_TOKEN');

const hash = (text: string) => createHash('sha256').update(text).digest();

@Controller('metrics')
@ApiTags('Operation')
export class MetricsController {
  private readonly expected: Buffer | null;

  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_TOKEN) token: string | null,
  ) {
    this.expected = token === null ? null : hash(`Bearer ${token}`);
  }

  @Get()
  @Header('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE)
  @ApiProduces('text/plain')
  @ApiOperation({
    summary: 'Figures for Prometheus',
    description:
      "The process's own figures, and the duration of requests by route. With `METRICS_TOKEN` it asks for that bearer token.",
  })
  @ApiOkResponse({
    description: 'The figures, in the text format of Prometheus.',
    schema: { type: 'string' },
  })
  @ApiErrors(['auth.unauthorized'])
  get(@Headers('authorization') authorization = ''): Promise<string> {
    if (this.expected && !timingSafeEqual(this.expected, hash(authorization))) {
      throw new ExperienceException('auth.unauthorized');
    }
    return this.metrics.text();
  }
}

import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@passkey/experience-verification';
import { Registry } from 'prom-client';
import { Metrics } from './metrics';

@Controller('metrics')
@ApiTags('Operation')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE)
  @ApiProduces('text/plain')
  @ApiOperation({
    summary: 'Figures for Prometheus',
    description: "The process's own figures, and the duration of requests by route.",
  })
  @ApiOkResponse({
    description: 'The figures, in the text format of Prometheus.',
    schema: { type: 'string' },
  })
  @ApiErrors([])
  get(): Promise<string> {
    return this.metrics.text();
  }
}

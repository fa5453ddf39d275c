import { Controller, Get, Header, Headers, Inject, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiSecurity, ApiTags } from '@nestjs/swagger';
import {
  ApiErrors,
  type BearerToken,
  ExperienceException,
  findToken,
  hashOfToken,
  tokenIn,
} from 'nestjs-passkey-sign-in';
import type { FastifyRequest } from 'fastify';
import { Registry } from 'prom-client';
import { Metrics } from './metrics';

/** Bearer tokens, one of which `/metrics` asks for; null: none. */
export const METRICS_TOKEN = Symbol('METRICS_TOKEN');

/** Undecoded: who keeps it from the public in front of the server may not decode what the router does. */
const LITERAL_PATH = /^\/metrics(\?|$)/;

@Controller('metrics')
@ApiTags('Operation')
@ApiSecurity('metrics')
@ApiSecurity({})
export class MetricsController {
  /** Those that are let pass; null: everybody is. */
  private readonly tokens: BearerToken[] | null;

  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_TOKEN) tokens: string[] | null,
  ) {
    this.tokens = tokens?.map((token) => ({ name: 'metrics', hash: hashOfToken(token) })) ?? null;
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
  get(@Req() { url }: FastifyRequest, @Headers('authorization') authorization?: string): Promise<string> {
    if (!LITERAL_PATH.test(url)) throw new ExperienceException('request.not_found');
    if (this.tokens && !findToken(this.tokens, tokenIn(authorization) ?? '')) {
      throw new ExperienceException('auth.unauthorized');
    }
    return this.metrics.text();
  }
}

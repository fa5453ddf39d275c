import { Controller, Get, Req } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  ApiErrors,
  ExperienceException,
  findToken,
  hashOfToken,
  installationOf,
  tokenIn,
} from 'nestjs-passkey-sign-in';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Readiness } from './readiness';
import { doctorToken, type SeenRequest } from '../doctor/proxy-findings';

export class HealthDto {
  @ApiProperty({ description: 'It answers.', enum: ['ok'] })
  status!: 'ok';
}

@Controller('health')
@ApiTags('Operation')
export class HealthController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly readiness: Readiness,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Is the process alive', description: 'Answers as long as the process can.' })
  @ApiOkResponse({ type: HealthDto, description: 'Alive.' })
  @ApiErrors(['request.headers_too_large'])
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Can it serve',
    description: 'Answers 200 once the database answers, and no longer once the server is told to end.',
  })
  @ApiOkResponse({ type: HealthDto, description: 'Ready.' })
  @ApiErrors(['request.headers_too_large', 'server.shutting_down'])
  async ready(): Promise<HealthDto> {
    if (this.readiness.isEnding) throw new ExperienceException('server.shutting_down');
    await this.dataSource.query('SELECT 1');
    return { status: 'ok' };
  }

  /** For `passkey-server doctor`, which asks from outside: nobody else learns the proxy's address. */
  @Get('seen-request')
  @ApiExcludeEndpoint()
  async seenRequest(@Req() request: FastifyRequest): Promise<SeenRequest> {
    const shown = tokenIn(request.headers.authorization);
    const hash = hashOfToken(doctorToken(await installationOf(this.dataSource)));
    if (shown === undefined || !findToken([{ name: 'doctor', hash }], shown)) {
      throw new ExperienceException('auth.unauthorized');
    }
    const header = (name: string) => [request.headers[name] ?? []].flat().join(', ') || null;
    return {
      address: request.ip,
      peer: request.socket.remoteAddress ?? 'unknown',
      forwardedFor: header('x-forwarded-for'),
      forwardedProto: header('x-forwarded-proto'),
      host: header('host'),
    };
  }
}

import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { ApiErrors } from 'nestjs-passkey-sign-in';
import { DataSource } from 'typeorm';

export class HealthDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

@Controller('health')
@ApiTags('Operation')
export class HealthController {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  @Get('live')
  @ApiOperation({ summary: 'Is the process alive', description: 'Answers as long as the process can.' })
  @ApiOkResponse({ type: HealthDto, description: 'Alive.' })
  @ApiErrors([])
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Can it serve', description: 'Answers 200 once the database answers.' })
  @ApiOkResponse({ type: HealthDto, description: 'Ready.' })
  @ApiErrors([])
  async ready(): Promise<HealthDto> {
    await this.dataSource.query('SELECT 1');
    return { status: 'ok' };
  }
}

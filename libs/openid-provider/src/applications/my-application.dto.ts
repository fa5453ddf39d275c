import { ApiProperty } from '@nestjs/swagger';

export class MyApplicationDto {
  @ApiProperty({ description: 'The `client_id`.', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607182' })
  id!: string;

  @ApiProperty({ description: 'What it is called.', example: 'Grafana' })
  name!: string;

  @ApiProperty({ type: [String], description: 'What it may see.', example: ['openid', 'profile'] })
  scopes!: string[];

  @ApiProperty({ type: String, format: 'date-time', description: 'When the user first signed in to it.' })
  firstUsedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'When the user last did, to the minute.' })
  lastUsedAt!: string;
}

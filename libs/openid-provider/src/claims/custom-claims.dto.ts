import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { ExposeRaw } from 'nestjs-passkey-sign-in';

export class CustomClaimsDto {
  @ApiProperty({
    type: Object,
    description: 'By their names, as applications are told them: any JSON, of at most 4096 bytes together.',
    example: { department: 'Sales', 'https://example.com/level': 3 },
  })
  @ExposeRaw()
  @IsObject()
  claims!: Record<string, unknown>;
}

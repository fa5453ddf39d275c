import { ApiProperty } from '@nestjs/swagger';

export class VerifiedDto {
  @ApiProperty({ description: 'The verified record.', example: '0b8f6f0e-6f0a-4a5b-9a43-8f6b0f3f4a11' })
  verificationId!: string;
}

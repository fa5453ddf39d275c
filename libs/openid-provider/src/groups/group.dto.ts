import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { Expose, IsVisibleText } from 'nestjs-passkey-sign-in';

export class WriteGroupDto {
  @ApiProperty({ description: 'As applications are told it.', example: 'staff', maxLength: 100 })
  @Expose()
  @IsString()
  @Length(1, 100)
  @IsVisibleText()
  name!: string;
}

export class GroupDto extends WriteGroupDto {
  @ApiProperty({ description: 'By which it is changed.', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607184' })
  id!: string;
}

export class GroupMembersDto {
  @ApiProperty({
    type: [String],
    description: 'Ids of its members, in their order.',
    example: ['9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10'],
  })
  members!: string[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;
}

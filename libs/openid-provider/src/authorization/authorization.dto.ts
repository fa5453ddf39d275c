import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { Expose } from 'nestjs-passkey-sign-in';

/** What the page is to ask of the user. */
const PROMPTS = ['login', 'consent', 'create'] as const;
export type PromptName = (typeof PROMPTS)[number];

export class AskingApplicationDto {
  @ApiProperty({ description: 'The `client_id`.', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607182' })
  id!: string;

  @ApiProperty({ description: 'What people know it by.', example: 'Grafana' })
  name!: string;

  @ApiPropertyOptional({
    description:
      'Its logo, where the application has it. `GET /api/applications/{id}/logo` gives it without telling the application who looks.',
    example: 'https://grafana.example.com/logo.svg',
  })
  logoUri?: string;

  @ApiPropertyOptional({ description: 'Its terms of service.', example: 'https://grafana.example.com/terms' })
  termsUri?: string;

  @ApiPropertyOptional({ description: 'Its privacy policy.', example: 'https://grafana.example.com/privacy' })
  privacyUri?: string;

  @ApiProperty({
    description: "Whether it is somebody else's than the operator's: then users are asked for consent.",
  })
  thirdParty!: boolean;
}

export class AuthorizationDto {
  @ApiProperty({
    enum: PROMPTS,
    description:
      '`login`: the user signs in; `create`: the user registers; `consent`: the user allows, or refuses.',
  })
  prompt!: PromptName;

  @ApiProperty({ type: AskingApplicationDto, description: 'Who asks.' })
  application!: AskingApplicationDto;

  @ApiProperty({ description: 'What it asks for.', example: ['openid', 'profile'], type: [String] })
  scopes!: string[];

  @ApiPropertyOptional({
    description: 'An identifier of the user, as far as the application knows.',
    example: 'alice',
  })
  loginHint?: string;

  @ApiPropertyOptional({
    description: 'Languages that the user is thought to read (BCP 47).',
    example: ['de'],
    type: [String],
  })
  uiLocales?: string[];

  @ApiPropertyOptional({
    description: 'Proofs that it asks for, any of them.',
    example: ['phr'],
    type: [String],
  })
  acrValues?: string[];

  @ApiProperty({
    description: 'Where the browser goes once the user has proved who they are: `submit` answers it too.',
    example: 'http://localhost:3000/oidc/auth/0iLqv8T6vWAZ9Vq3dwRbp',
  })
  redirectTo!: string;
}

export class ConsentDto {
  @ApiProperty({ description: 'Whether the application may see what it asks for.', example: true })
  @Expose()
  @IsBoolean()
  approve!: boolean;
}

export class ConsentedDto {
  @ApiProperty({
    description: 'Where the browser goes next.',
    example: 'http://localhost:3000/oidc/auth/0iLqv8T6vWAZ9Vq3dwRbp',
  })
  redirectTo!: string;
}

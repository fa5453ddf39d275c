import { ApiProperty } from '@nestjs/swagger';
import { MANAGEMENT_SCOPES, type ManagementScope, type ManagementToken } from '../api/management-token';
import { brandingOf } from '../relying-party/branding.options';
import { type RelyingParty, SIGN_UPS, type SignUp } from '../webauthn/relying-party';

/** A token of the management API, without what it is known by. */
export class ManagementTokenDto {
  @ApiProperty({ description: 'As audit events have it.', example: 'support' })
  name!: string;

  @ApiProperty({
    enum: Object.keys(MANAGEMENT_SCOPES),
    isArray: true,
    description: 'What it is good for.',
    example: ['users:read', 'passkeys'],
  })
  scopes!: ManagementScope[];

  @ApiProperty({ description: 'Whether it is good for every relying party of the server.', example: true })
  everywhere!: boolean;
}

export class BrandingDto {
  @ApiProperty({ description: 'Name of the product; empty: none.', example: 'Example' })
  name!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
    description: 'Colours (`#rrggbb`) of `light` and `dark` pages, by their names.',
    example: { light: { accent: '#3355cc' }, dark: { accent: '#9db8ff' } },
  })
  colors!: Record<string, Record<string, string>>;

  @ApiProperty({ description: 'Of corners, in CSS pixels.', example: 12 })
  radius!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Address of the terms; null: none.',
    example: null,
  })
  termsUri!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Address of what is said of privacy; null: none.',
    example: null,
  })
  privacyUri!: string | null;

  @ApiProperty({ description: 'Whether there is CSS of the operator’s own.', example: false })
  css!: boolean;
}

/** How the relying party is set up, with all defaults. */
export class SettingsDto {
  @ApiProperty({ description: 'The domain that passkeys belong to.', example: 'localhost' })
  id!: string;

  @ApiProperty({ description: 'Whose users sign in.', example: 'default' })
  tenant!: string;

  @ApiProperty({ description: 'As authenticators show it.', example: 'Example' })
  name!: string;

  @ApiProperty({
    type: [String],
    description: 'Accepted origins, the first being where people sign in.',
    example: ['http://localhost:3000'],
  })
  origins!: string[];

  @ApiProperty({ enum: SIGN_UPS, description: 'Who may create an account.', example: 'open' })
  signUp!: SignUp;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What is asked of ceremonies: the members of `RelyingPartyPolicy`.',
    example: { userVerification: 'required', residentKey: 'required' },
  })
  policy!: Record<string, unknown>;

  @ApiProperty({ type: BrandingDto, description: 'How its product looks.' })
  branding!: BrandingDto;

  @ApiProperty({
    type: [ManagementTokenDto],
    description: 'Management tokens that are good for it. Their values are kept nowhere.',
  })
  managementTokens!: ManagementTokenDto[];

  static of(relyingParty: RelyingParty, tokens: ManagementToken[]): SettingsDto {
    const { id, tenant, name, origins, signUp = 'open', policy } = relyingParty;
    const {
      name: product,
      colors,
      radius,
      termsUri = null,
      privacyUri = null,
      css,
    } = brandingOf(relyingParty);
    const good = tokens.filter(({ relyingParties }) => (relyingParties ?? [id]).includes(id));
    // One that is changed has two values, and is one.
    const named = new Map(good.map((token) => [token.name, token]));
    return {
      ...{ id, tenant, name, origins, signUp, policy: { ...policy } },
      branding: {
        name: product,
        colors: { light: { ...colors.light }, dark: { ...colors.dark } },
        ...{ radius, termsUri, privacyUri, css: css !== '' },
      },
      managementTokens: [...named.values()].map(({ name, scopes, relyingParties }) => ({
        ...{ name, scopes, everywhere: relyingParties === undefined },
      })),
    };
  }
}

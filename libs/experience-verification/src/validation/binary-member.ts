import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { fromBase64Url, unpadded } from './base64url';
import { ExposeRead } from './exposed-members';

/**
 * A member that has bytes, the one rule for all of them: base64url (RFC 4648, section 5), in the DTO without padding.
 * Padding is tolerated, as some clients send it; anything else is `guard.invalid_input`, which names the member.
 */
export const BinaryMember = (): PropertyDecorator =>
  applyDecorators(
    ExposeRead((value) => (typeof value === 'string' ? unpadded(value) : value)),
    ValidateBy({
      name: 'isBase64Url',
      validator: {
        validate: (value) => typeof value === 'string' && fromBase64Url(value) !== null,
        defaultMessage: () => 'must be base64url',
      },
    }),
  );

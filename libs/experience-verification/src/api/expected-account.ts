import { ApiHeader } from '@nestjs/swagger';

/** Name of the header by which a page says whose account it shows, so that a tab of one account acts on no other. */
export const EXPECTED_ACCOUNT = 'expected-account';

export const ApiExpectedAccount = () =>
  ApiHeader({
    name: 'Expected-Account',
    required: false,
    description: 'Id of the user whose account the page shows: of anybody else nothing is changed or told.',
    schema: { type: 'string', format: 'uuid' },
  });

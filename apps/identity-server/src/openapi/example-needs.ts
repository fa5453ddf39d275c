import type { OpenAPIObject } from '@nestjs/swagger';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

interface Need {
  /** Of method and path. */
  operation: RegExp;
  /** How its example is answered without what it needs. */
  status: number;
  /** What gives it that. */
  first: string;
}

const VERIFICATION = '/api/experience/verification';

/** What examples need that a new server has not, in the order of what is looked for. */
const NEEDS: Need[] = [
  {
    operation: /verification\/sign-in-[\w-]+\/authentication$/,
    status: 404,
    first: 'create the account `alice` with a passkey, on the sign-in page',
  },
  {
    operation: /(sign-in-[\w-]+\/authentication|registration)\/verify$/,
    status: 404,
    first: 'ask for options, and send what the browser makes of them, with their `verificationId`',
  },
  {
    operation: /registration$/,
    status: 400,
    first: 'start an interaction for `Register` by `PUT /api/experience`',
  },
  {
    operation: /recovery-code\/verify$/,
    status: 400,
    first: 'sign in, and make codes by `POST /api/my-account/recovery-codes`',
  },
  {
    operation: /recovery-link\/verify$/,
    status: 404,
    first: 'make a link by `POST /api/users/{id}/recovery-link`: its address has the secret',
  },
  {
    operation: /experience\/verification\/verification-code\/verify$/,
    status: 404,
    first: `have a code sent by \`POST ${VERIFICATION}/verification-code\``,
  },
  {
    operation: /identification$/,
    status: 404,
    first: 'verify a passkey or a code: the answer has the `verificationId`',
  },
  {
    operation: /submit$/,
    status: 404,
    first: 'identify the user by `POST /api/experience/identification`',
  },
  { operation: /get .*authorization$/, status: 404, first: 'come from an application' },
  { operation: /consent$/, status: 401, first: 'sign in, having come from an application' },
  {
    operation: /\/api\/(users|administrators)\/\{id\}/,
    status: 404,
    first: 'create a user by `POST /api/users`, and take the `id` of the answer',
  },
  {
    operation: /\/api\/applications\/\{id\}/,
    status: 404,
    first: 'add an application by `POST /api/applications`, and take the `id` of the answer',
  },
  {
    operation: /\/api\/invitations\/\{id\}/,
    status: 404,
    first: 'make an invitation by `POST /api/invitations`, and take the `id` of the answer',
  },
  {
    operation: /\/api\/groups\/\{id\}/,
    status: 404,
    first: 'add a group by `POST /api/groups`, and take the `id` of the answer',
  },
];

const SIGNED_IN: Omit<Need, 'operation'> = {
  status: 401,
  first: 'sign in, on the sign-in page in the same browser',
};

function needOf(name: string, { security }: Operation): Omit<Need, 'operation'> | undefined {
  if (security?.length === 1 && security[0] && 'session' in security[0]) return SIGNED_IN;
  return NEEDS.find(({ operation }) => operation.test(name));
}

/** Has each answer that an example gets on a new server, other than success, say what to make first. */
export function sayWhatExamplesNeed({ paths }: OpenAPIObject): void {
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations) as [string, Operation | undefined][]) {
      if (!operation?.responses) continue;
      const need = needOf(`${method} ${path}`, operation);
      const response = need && operation.responses[need.status];
      if (!response || !('description' in response)) continue;
      response.description += `\n\nThe example is answered so on a new server: first ${need.first}.`;
    }
  }
}

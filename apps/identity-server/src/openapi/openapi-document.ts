import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import packageJson from '../../../../package.json';
import { showWholeBodies } from './body-examples';
import { type Operation, sayWhatExamplesNeed } from './example-needs';

const OPAQUE = 'An opaque token.';

/** Serves the document at `/openapi.json`; the page of Swagger UI is one of the pages. */
export function serveOpenApi(app: INestApplication, basePath: string): void {
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app, basePath), {
    jsonDocumentUrl: 'openapi.json',
    ui: false,
    raw: ['json'],
  });
}

function createOpenApiDocument(app: INestApplication, basePath = ''): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Passkey sign-in')
    .setVersion(packageJson.version)
    .setLicense('MIT', 'https://spdx.org/licenses/MIT.html')
    .setOpenAPIVersion('3.1.0')
    .setDescription(
      'Register a passkey, sign in with it, and manage it. Every error is `{ code, message, data? }` with a stable code. ' +
        'Calls of one browser are tied together by the interaction cookie, made by the first call that needs it.',
    )
    .addServer(basePath || '/', 'This server.')
    .addTag('Passkey sign-in', 'The authentication ceremony (WebAuthn Level 3, section 7.2).')
    .addTag('Passkey registration', 'The registration ceremony (WebAuthn Level 3, section 7.1).')
    .addTag('Step-up', 'A signed-in user proves presence again.')
    .addTag('Recovery', 'Ways into an account whose passkeys are lost.')
    .addTag('Interaction', 'One sign-in or registration in one browser.')
    .addTag('My account', 'The signed-in user.')
    .addTag('Management', 'Users, passkeys and audit events, with the management token.')
    .addTag('Applications', 'Those that sign people in here, and groups of users, with the management token.')
    .addTag('Well-known', 'For browsers and password managers.')
    .addTag('Operation', 'For operators.')
    .addCookieAuth('experience_session', { type: 'apiKey', in: 'cookie' }, 'session')
    .addSecurity('management', { type: 'http', scheme: 'bearer', description: OPAQUE })
    .addSecurity('metrics', { type: 'http', scheme: 'bearer', description: OPAQUE })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const operation of Object.values(operations) as (Operation | undefined)[]) {
      // Said of what anybody may call too: left out, it could have been forgotten.
      if (operation?.responses) operation.security ??= [];
    }
    const { post } = operations;
    if (post?.operationId?.includes('[1]')) {
      post.summary = `${post.summary} (also under ${path})`;
      post.deprecated = false;
    }
    if (post?.operationId) post.operationId = nameForGenerators(post.operationId);
    if (post?.requestBody && 'content' in post.requestBody) {
      post.requestBody.required = needsMembers(
        document,
        post.requestBody.content['application/json']?.schema,
      );
    }
  }
  showWholeBodies(document);
  sayWhatExamplesNeed(document);
  return document;
}

/** Nest says of every body that it is required. Where no member is, none is. */
function needsMembers({ components }: OpenAPIObject, schema: object | undefined): boolean {
  const name = schema && '$ref' in schema ? String(schema.$ref).split('/').at(-1) : undefined;
  const found = name === undefined ? undefined : components?.schemas?.[name];
  return found !== undefined && 'required' in found && (found.required?.length ?? 0) > 0;
}

/** Nest numbers the paths of one handler as `[0]`, `[1]`, which is no name in any language. */
const nameForGenerators = (operationId: string): string =>
  operationId.replace('[0]', '').replace('[1]', 'Alias');

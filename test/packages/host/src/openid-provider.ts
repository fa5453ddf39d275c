import assert from 'node:assert/strict';
import 'reflect-metadata';
import { openIdProvider, openIdProviderEntities } from 'nestjs-passkey-openid-provider';

/** What a host adds whose applications sign people in by it. */
const { controllers = [] } = openIdProvider({ secret: 'a secret of at least 16 characters' });
assert.ok(controllers.length > 0);
assert.ok(openIdProviderEntities().length > 0);

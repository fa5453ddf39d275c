/* Signs somebody up, out and in on the server at argv[3], by the package that the host in the folder argv[2] has. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , folder, url] = process.argv;
const { TestBrowser } = createRequire(join(folder, 'package.json'))('nestjs-passkey-sign-in/testing');

const browser = new TestBrowser(url);
const bob = { type: 'username', value: 'bob' };
const hello = async () => (await browser.call('GET', '/hello')).status;

assert.equal(await hello(), 401);
await browser.signUp(bob);
assert.equal(await hello(), 200);
await browser.signOut();
assert.equal(await hello(), 401);
await browser.signIn(bob);
assert.equal(await hello(), 200);
await browser.signOut();
await browser.signIn();
assert.equal(await hello(), 200);

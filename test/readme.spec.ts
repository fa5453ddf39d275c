import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { signedIn } from './support/signed-in';
import { MANAGEMENT_TOKEN, TestServer } from './support/test-server';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');

/** Commands as they are typed, each with the answer that README gives. */
const EXCHANGES = [...README.matchAll(/^\$ (curl (?:.*\\\n)*.*)\n(\{.*\})$/gm)].map(
  ([, command, answer]) => [command!, answer!] as const,
);

/** The same of any two answers to one call: words of the API stay, what is made anew each time does not. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
  }
  return typeof value === 'string' && /^[\w-]{22,}$|^\d{4}-\d\d-\d\dT/.test(value) ? 'made anew' : value;
};

describe("README's calls by curl", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
    await signedIn(server, { type: 'username', value: 'alice' });
  });
  afterAll(() => server.stop());

  it('are all that README has', () => {
    expect(EXCHANGES).toHaveLength(README.match(/^\$ /gm)!.length);
  });

  it.each(EXCHANGES)('%s', async (command, answer) => {
    const { stdout } = await promisify(execFile)(
      'sh',
      ['-c', command.replaceAll('http://localhost:3000', server.url)],
      { env: { PATH: process.env['PATH'], MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN } },
    );
    expect(shapeOf(JSON.parse(stdout))).toEqual(shapeOf(JSON.parse(answer)));
  });
});

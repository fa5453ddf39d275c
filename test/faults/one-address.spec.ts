import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { encodeCBOR, type CBORType } from '@levischuck/tiny-cbor';
import { AttestationAuthority } from '../support/attestation-authority';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { ORIGIN } from '../support/test-server';
import { PostgresServers } from './support/postgres-servers';
import type { ServerProcess } from './support/server-process';

/** Of one core. */
const SHARE = 0.05;
/** What an address may use before it is held to its share. Milliseconds of processor. */
const BURST = 3_000;
/** How long it is watched. Milliseconds. */
const WATCHED = Number(process.env['WATCHED_SECONDS'] ?? 30) * 1_000;
/** How many sign in, each from an address of its own. */
const OTHERS = 10;
/** Milliseconds from one sign-in of somebody to the next. */
const PAUSE = 1_000;

/** Behind the proxy that the test is. */
class BrowserAt extends Browser {
  constructor(server: ServerProcess, address: string) {
    super(server);
    const call = this.call;
    this.call = (method, path, body, headers) =>
      call(method, path, body, { 'x-forwarded-for': address, ...headers });
  }
}

/** Milliseconds of processor that the server has used, all its threads; Linux counts hundredths of a second. */
async function processorTimeOf({ child: { pid } }: ServerProcess): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** A statement whose signature and certificates are looked at, six of them. */
async function dearAttestationOf(browser: Browser): Promise<string> {
  const { certificates } = await (await AttestationAuthority.create()).issue();
  await browser.start('Register');
  const { registrationOptions } = expectStatus(200, await browser.registrationOptions(freshUsername()));
  const { response } = browser.authenticator.register(registrationOptions);
  const statement = new Map<string, CBORType>([
    ['alg', -7],
    ['sig', new Uint8Array(randomBytes(72))],
    ['x5c', Array.from({ length: 6 }, () => new Uint8Array(certificates[0]!))],
  ]);
  const object = new Map<string, CBORType>([
    ['fmt', 'packed'],
    ['attStmt', statement],
    ['authData', new Uint8Array(Buffer.from(response.authenticatorData!, 'base64url'))],
  ]);
  return Buffer.from(encodeCBOR(object)).toString('base64url');
}

/** How many sign in and how long it takes them, and what the server uses meanwhile; all in milliseconds. */
async function watch(server: ServerProcess, people: { browser: Browser; sign: () => Promise<void> }[]) {
  const took: number[] = [];
  const before = await processorTimeOf(server);
  const end = performance.now() + WATCHED;
  await Promise.all(
    people.map(async ({ sign }, index) => {
      await setTimeout((PAUSE / people.length) * index);
      while (performance.now() < end) {
        const began = performance.now();
        await sign();
        took.push(performance.now() - began);
        await setTimeout(Math.max(0, PAUSE - (performance.now() - began)));
      }
    }),
  );
  const sorted = took.toSorted((one, other) => one - other);
  return {
    signIns: took.length,
    median: Math.round(sorted[sorted.length >> 1]!),
    slowest: Math.round(sorted.at(-1)!),
    used: (await processorTimeOf(server)) - before,
  };
}

describe('one address that asks for all that is dear', () => {
  const servers = new PostgresServers();
  let attacker: ChildProcess | undefined;
  afterEach(() => attacker?.kill('SIGKILL'));

  it('takes no more than 5 % of a core from the others, who sign in meanwhile', async () => {
    const server = await servers.start({
      RATE_LIMIT: 'on',
      TRUSTED_PROXIES: '127.0.0.1',
      SECRET: randomBytes(32).toString('hex'),
      LOG_LEVEL: 'error',
    });
    const people = [];
    for (let index = 0; index < OTHERS; index += 1) {
      const browser = new BrowserAt(server, `10.0.0.${index}`);
      const identifier = freshUsername();
      await browser.register(identifier);
      people.push({ browser, sign: () => browser.signIn(identifier) });
    }
    for (const { sign } of people) await sign();
    const alone = await watch(server, people);

    const attestation = await dearAttestationOf(people[0]!.browser);
    const { port } = new URL(server.url);
    const script = join(__dirname, 'support/attacker.cjs');
    attacker = spawn(process.execPath, [script, port, '127.0.0.2', ORIGIN, attestation], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    attacker.stdout!.on('data', (chunk: Buffer) => (told += chunk.toString()));
    // Until it has had what an address may use at once.
    const began = await processorTimeOf(server);
    while ((await processorTimeOf(server)) - began < 2 * BURST) await setTimeout(200);
    const attacked = await watch(server, people);
    attacker.kill('SIGTERM');
    await once(attacker, 'close');
    // What as many sign-ins of the others need is theirs.
    const share = (attacked.used - (alone.used / alone.signIns) * attacked.signIns) / WATCHED;
    console.log(
      [
        `others alone:        ${JSON.stringify(alone)}`,
        `beside the attacker: ${JSON.stringify(attacked)}`,
        `answers to the attacker: ${told}`,
        `the attacker's share of a core: ${(share * 100).toFixed(1)} %`,
      ].join('\n'),
    );
    expect(JSON.parse(told)).toMatchObject({ 429: expect.any(Number) });
    expect(attacked.signIns).toBeGreaterThan(alone.signIns / 2);
    expect(share).toBeLessThan(SHARE);
  });
});

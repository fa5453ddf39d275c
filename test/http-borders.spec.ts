import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { TestServer } from './support/test-server';

const OPTIONS = '/api/experience/preflight/sign-in-web-authn/authentication';
const FIVE_MB = Buffer.alloc(5 * 1024 * 1024, ' ');

interface Answered {
  status: number;
  type: string | undefined;
  body: { code?: string; data?: object };
}

const answered = async (answer: IncomingMessage): Promise<Answered> => {
  let text = '';
  for await (const part of answer) text += String(part);
  return {
    status: answer.statusCode!,
    type: answer.headers['content-type']?.split(';')[0],
    body: JSON.parse(text) as Answered['body'],
  };
};

describe('what HTTP itself refuses', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  /** As clients do that write all of the body before they read. */
  const send = async (headers: Record<string, string>, body: Buffer): Promise<Answered> => {
    const sent = request(server.url + OPTIONS, { method: 'POST', headers, agent: false });
    const answer = once(sent, 'response') as Promise<[IncomingMessage]>;
    sent.end(body);
    return answered((await answer)[0]);
  };
  const json = { 'content-type': 'application/json' };
  const isTooLarge = { status: 413, type: 'application/json', body: { code: 'request.body_too_large' } };

  it.each<[string, Record<string, string>]>([
    ['closes the connection', { connection: 'close' }],
    ['keeps the connection', { connection: 'keep-alive' }],
    ['does not say how much it is', { connection: 'close', 'transfer-encoding': 'chunked' }],
    ['asks before it sends', { connection: 'close', expect: '100-continue' }],
  ])('reaches who is still sending 5 MB, and %s', async (_name, headers) => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send({ ...json, ...headers }, FIVE_MB)),
    );
    for (const answer of answers) expect(answer).toMatchObject(isTooLarge);
  });

  it('reaches who sends 5 MB of what is no JSON', async () => {
    const close = { connection: 'close' };
    expect(await send({ ...close, 'content-type': 'text/plain' }, FIVE_MB)).toMatchObject({
      status: 415,
      body: { code: 'request.unsupported_media_type' },
    });
  });

  it('is a body of no type, and not one with nothing in it, as proxies send one that had HTTP/2', async () => {
    const chunked = { 'transfer-encoding': 'chunked' };
    expect((await send(chunked, Buffer.from(''))).status).toBe(200);
    expect(await send(chunked, Buffer.from('{}'))).toMatchObject({
      status: 415,
      body: { code: 'request.unsupported_media_type' },
    });
  });

  it('is told before all of the body is there, to who keeps the connection', async () => {
    const headers = { ...json, 'content-length': String(FIVE_MB.length) };
    const sent = request(server.url + OPTIONS, { method: 'POST', headers });
    sent.write(FIVE_MB.subarray(0, 100_000));
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect(await answered(answer)).toMatchObject(isTooLarge);
    sent.on('error', () => undefined).destroy();
  });

  it.each(['gzip', 'br', 'deflate', 'gzip, identity'])('is a body of the coding %s', async (coding) => {
    const answer = await send({ ...json, 'content-encoding': coding }, gzipSync('{}'));
    expect(answer).toMatchObject({
      status: 415,
      type: 'application/json',
      body: { code: 'request.unsupported_media_type', data: { 'Content-Encoding': ['must be left out'] } },
    });
    const plain = await send({ ...json, 'content-encoding': 'identity' }, Buffer.from('{}'));
    expect(plain.status).toBe(200);
  });

  it.each<[string, string]>([
    ['a URL of 20 kB', `GET /api/${'a'.repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`],
    ['a URL of 300 kB', `GET /api/${'a'.repeat(300_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`],
    [
      'headers of 300 kB',
      `GET /api/my-account HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(300_000)}\r\n\r\n`,
    ],
  ])('is %s, and reaches who is still sending', async (_name, sent) => {
    for (let round = 0; round < 5; round++) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.end(sent);
      let text = '';
      for await (const part of socket) text += String(part);
      expect(text).toMatch(/^HTTP\/1.1 431 [^]*\r\nContent-Type: application\/json\r\n/);
      expect(JSON.parse(text.split('\r\n\r\n')[1]!)).toMatchObject({ code: 'request.headers_too_large' });
    }
  });

  it.each<[Record<string, string>, string[]]>([
    [{}, ['origin', 'access-control-request-method']],
    [{ origin: 'http://localhost:3000' }, ['access-control-request-method']],
    [{ 'access-control-request-method': 'POST' }, ['origin']],
  ])('is OPTIONS that is no preflight: %j', async (headers, missing) => {
    const answer = await fetch(server.url + OPTIONS, { method: 'OPTIONS', headers });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining('application/json'),
    ]);
    const { code, data } = (await answer.json()) as { code: string; data: object };
    expect([code, Object.keys(data)]).toEqual(['guard.invalid_input', missing]);
  });
});

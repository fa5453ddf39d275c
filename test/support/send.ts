import { Agent, request } from 'node:http';

/** As Node's own `fetch` says of itself. */
const FETCHS_OWN = { accept: '*/*', 'accept-language': '*', 'sec-fetch-mode': 'cors', 'user-agent': 'node' };

const agent = new Agent({ keepAlive: true });

interface Sent {
  method: string;
  headers: Record<string, string>;
  body?: string;
}

/** A request of plain HTTP, at a quarter of what `fetch` takes of the processor; redirects are not followed. */
export const send = (url: string, { method, headers, body }: Sent) =>
  new Promise<{ status: number; headers: Headers; text: string }>((resolve, reject) => {
    // As fetch does of what has no answer.
    const fail = (cause: Error) => {
      reject(new TypeError('no answer', { cause }));
    };
    // Node.js leaves a DELETE's to whoever sends it.
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    request(url, { method, headers: { ...FETCHS_OWN, ...length, ...headers }, agent }, (response) => {
      const { statusCode = 0, headersDistinct } = response;
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (part: string) => (text += part))
        .on('error', fail)
        .on('end', () => {
          const pairs = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
            values.map((value): [string, string] => [name, value]),
          );
          resolve({ status: statusCode, headers: new Headers(pairs), text });
        });
    })
      .on('error', fail)
      .end(body);
  });

import { pino } from 'pino';
import type { Configuration } from '../configuration';
import { callControl, textOf } from '../control/control-client';
import { openServer } from '../server';
import { CommandError } from './command-error';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The management API, as the command calls it. */
export interface Management {
  /** @throws CommandError with what the API has refused */
  call<T = unknown>(method: Method, path: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

interface Refusal {
  code?: string;
  message?: string;
  data?: Record<string, unknown>;
}

function read(status: number, text: string): unknown {
  const body = text === '' ? null : (JSON.parse(text) as unknown);
  if (status < 400) return body;
  const { code, message = `status ${status}`, data } = (body ?? {}) as Refusal;
  const why = data ? ` (${Object.entries(data).map(told).join('; ')})` : '';
  throw new CommandError(`${message}${why}`, status === 400 ? 2 : 1, code);
}

const told = ([member, problems]: [string, unknown]) =>
  `${member} ${[problems].flat().map(String).join(', ')}`;

/**
 * The API of the server that has the embedded database open; where none has, or the database is served, that of a server
 * in this process, which does not listen.
 * @param host of the relying party, where there are several
 */
async function openManagement(configuration: Configuration, host?: string): Promise<Management> {
  const { databaseUrl, dataDir, rpOrigins, basePath } = configuration;
  const named = host ?? new URL(rpOrigins[0]).host;
  const probe = databaseUrl === undefined ? await callControl(dataDir, 'GET', '/health/ready') : null;
  if (probe) {
    await textOf(probe);
    return {
      call: async <T>(method: Method, path: string, body?: unknown) => {
        const response = await callControl(dataDir, method, path, { body, host: named });
        if (!response) throw new CommandError('the server has ended meanwhile');
        return read(response.statusCode ?? 500, await textOf(response)) as T;
      },
      close: () => Promise.resolve(),
    };
  }
  const silent = pino({ level: 'silent' });
  const { app, controlToken } = await openServer(configuration, silent, undefined, false);
  return {
    call: async <T>(method: Method, path: string, body?: unknown) => {
      const response = await app.inject({
        method,
        url: basePath + path,
        headers: { host: named, authorization: controlToken.authorization },
        ...(body !== undefined && { payload: body as object }),
      });
      return read(response.statusCode, response.payload) as T;
    },
    close: () => app.close(),
  };
}

/** Runs `work` with the API, and closes it whatever happens. */
export async function withManagement<T>(
  configuration: Configuration,
  host: string | undefined,
  work: (management: Management) => Promise<T>,
): Promise<T> {
  const management = await openManagement(configuration, host);
  try {
    return await work(management);
  } finally {
    await management.close();
  }
}

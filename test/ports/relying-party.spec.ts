import { Injectable } from '@nestjs/common';
import {
  type HttpRequest,
  type RelyingParty,
  type RelyingPartyOptions,
  type RelyingPartyProvider,
  toRelyingParty,
} from 'nestjs-passkey-sign-in';
import { BrowserAt } from '../support/browser-at';
import { type PortsHost, startHost } from './host';
import { describeRelyingPartyContract, type PartiesUnderTest } from './relying-party.contract';

const STRICT: RelyingPartyOptions = {
  ...{ id: 'strict.localhost', name: 'Strict', tenant: 'strict' },
  origins: ['http://strict.localhost:3000'],
};
const LAX: RelyingPartyOptions = {
  ...{ id: 'lax.localhost', name: 'Lax', tenant: 'lax' },
  origins: ['http://lax.localhost:3000'],
  policy: {
    userVerification: 'preferred',
    residentKey: 'discouraged',
    algorithms: [-7],
    hints: ['security-key'],
  },
};

/** The relying party that a header of the host's own names; hosts look it up elsewhere. */
@Injectable()
class ByHeader implements RelyingPartyProvider {
  async forRequest({ headers }: HttpRequest): Promise<RelyingParty> {
    await Promise.resolve();
    return toRelyingParty(headers['x-tenant'] === LAX.tenant ? LAX : STRICT);
  }
}

const byHostName = (): Promise<PortsHost> => {
  const tenants = [STRICT, LAX].map((options) => ({ ...options, hosts: [options.id] }));
  return startHost({}, undefined, { relyingParty: STRICT, tenants });
};

describe.each([
  {
    name: 'the module’s options, by the host name',
    start: byHostName,
    at: ({ id }: RelyingPartyOptions) => ({ host: `${id}:3000` }),
  },
  {
    name: 'a host’s own, by a header',
    start: () => startHost({ relyingParty: ByHeader }),
    at: ({ tenant }: RelyingPartyOptions) => ({ host: 'localhost:3000', headers: { 'x-tenant': tenant! } }),
  },
])('relying parties of $name', ({ start, at }) => {
  let underTest: PartiesUnderTest;
  beforeAll(async () => {
    const host = await start();
    const partyOf = (party: RelyingPartyOptions, options: object) => {
      const { host: name, headers } = { headers: {}, ...at(party) };
      const [origin] = party.origins as [string];
      const open: PartiesUnderTest['lax']['open'] = (authenticator) =>
        new BrowserAt(host, name, origin, authenticator, headers);
      return { id: party.id, name: party.name, origin, options, open };
    };
    underTest = {
      host,
      strict: partyOf(STRICT, {
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
      }),
      lax: partyOf(LAX, {
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        authenticatorSelection: {
          residentKey: 'discouraged',
          requireResidentKey: false,
          userVerification: 'preferred',
        },
        hints: ['security-key'],
      }),
    };
  });
  afterAll(() => underTest.host.close());

  describeRelyingPartyContract(() => underTest);
});

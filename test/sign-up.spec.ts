import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { BrowserAt } from './support/browser-at';
import { almostIn } from './support/records';
import { freshEmail } from './support/sent-codes';
import { signedIn, userIdOf } from './support/signed-in';
import { ORIGIN, TestServer } from './support/test-server';

interface Invitation {
  id: string;
  state: string;
  url: string;
  uses: number;
  groups: string[];
  inviterId: string | null;
  expiresAt: string;
}

const secretOf = ({ url }: { url: string }): string =>
  [...new URLSearchParams(new URL(url).hash.slice(1)).values()][0]!;

describe('sign-up', () => {
  /** By everybody, by whoever is invited, and by nobody: three servers on one database. */
  let open: TestServer;
  let invited: TestServer;
  let closed: TestServer;
  beforeAll(async () => {
    const env = { MESSENGER: 'print', LOGTO_FRONTEND: 'on' };
    open = await TestServer.start(env);
    invited = await TestServer.start({ ...env, SIGN_UP: 'invitation' });
    closed = await TestServer.start({ SIGN_UP: 'closed' });
  });
  afterAll(async () => {
    for (const server of [closed, invited, open]) await server.stop();
  });

  const token = (server = invited) => new Browser(server);
  const invite = async (body: object = {}, browser?: Browser): Promise<Invitation> =>
    expectStatus(
      201,
      await (browser
        ? browser.post<Invitation>('/api/invitations', body)
        : token().manage<Invitation>('POST', '/api/invitations', body)),
    );
  const list = async (): Promise<Invitation[]> =>
    expectStatus(
      200,
      await token().manage<{ invitations: Invitation[] }>('GET', '/api/invitations?limit=200'),
    ).invitations;
  const stateOf = async ({ id }: { id: string }) => (await list()).find((one) => one.id === id)?.state;
  const newGroup = async (name: string): Promise<string> =>
    expectStatus(201, await token().manage<{ id: string }>('POST', '/api/groups', { name })).id;
  const membersOf = async (group: string): Promise<string[]> =>
    expectStatus(200, await token().manage<{ members: string[] }>('GET', `/api/groups/${group}/members`))
      .members;
  /** Options for a new user. */
  const asks = async (server: TestServer, secret?: string) => {
    const browser = new Browser(server);
    await browser.start('Register');
    return browser.registrationOptions(freshUsername(), secret);
  };
  const comesIn = async (secret?: string, server = invited): Promise<Browser> => {
    const browser = new Browser(server);
    await browser.register(freshUsername(), secret);
    return browser;
  };
  const administratorAt = async (server: TestServer) => {
    const person = await signedIn(open);
    expectStatus(204, await token().manage('PUT', `/api/administrators/${person.userId}`));
    const browser = new Browser(server, person.browser.authenticator);
    await browser.signIn(person.identifier);
    return { browser, userId: person.userId };
  };
  const setUser = (userId: string, body: object) => token().manage('PATCH', `/api/users/${userId}`, body);
  const gone = { code: 'invitation.not_found' };

  it('is open by default, and an invitation is good there too', async () => {
    await comesIn(undefined, open);
    const group = await newGroup('welcome');
    const browser = await comesIn(secretOf(await invite({ groups: [group] })), open);
    expect(await membersOf(group)).toEqual([await userIdOf(browser)]);
  });

  it('by invitation is refused without one, and with one that nobody made', async () => {
    expect(await asks(invited)).toMatchObject({ status: 403, body: { code: 'sign_up.invitation_required' } });
    expect(await asks(invited, 'x'.repeat(43))).toMatchObject({ status: 404, body: gone });
    for (const wrong of ['', 7, 'x'.repeat(129)]) {
      const browser = new Browser(invited);
      await browser.start('Register');
      expect((await browser.registrationOptions(freshUsername(), wrong as string)).status).toBe(400);
    }
  });

  it('that is closed is refused with an invitation, too, and none is made', async () => {
    const refused = { status: 403, body: { code: 'sign_up.closed' } };
    expect(await asks(closed)).toMatchObject(refused);
    expect(await asks(closed, secretOf(await invite()))).toMatchObject(refused);
    expect(await token(closed).manage('POST', '/api/invitations', {})).toMatchObject(refused);
    // Management goes on, and whoever has an account adds passkeys.
    const { id } = expectStatus(
      201,
      await token(closed).manage<{ id: string }>('POST', '/api/users', { username: freshUsername().value }),
    );
    const link = expectStatus(
      201,
      await token(closed).manage<{ secret: string }>('POST', `/api/users/${id}/recovery-link`),
    );
    const browser = new Browser(closed);
    const path = '/api/experience/verification/recovery-link/verify';
    const { verificationId } = expectStatus(
      200,
      await browser.post<{ verificationId: string }>(path, { secret: link.secret }),
    );
    expectStatus(204, await browser.identify(verificationId));
    expectStatus(200, await browser.submit());
    expectStatus(200, await browser.registrationOptions());
  });

  it('is refused at identification, too, where it was open when the passkey was made', async () => {
    for (const [server, code] of [
      [invited, 'sign_up.invitation_required'],
      [closed, 'sign_up.closed'],
    ] as const) {
      const { browser, verificationId } = await almostIn(open);
      const later = new Browser(server, browser.authenticator);
      for (const [name, value] of browser.cookies) later.cookies.set(name, value);
      expect((await later.identify(verificationId)).body).toMatchObject({ code });
    }
    const { browser, verificationId } = await almostIn(open, { invitation: secretOf(await invite()) });
    const later = new Browser(closed, browser.authenticator);
    for (const [name, value] of browser.cookies) later.cookies.set(name, value);
    expect((await later.identify(verificationId)).body).toMatchObject({ code: 'sign_up.closed' });
  });

  it('begins with the first administrator, by the link alone, who is one at once', async () => {
    const link = expectStatus(
      201,
      await token(closed).manage<{ url: string }>('POST', '/api/administrators/link'),
    );
    const browser = await comesIn(secretOf(link), closed);
    expectStatus(200, await browser.get('/api/users'));
    expect(await asks(closed, secretOf(link))).toMatchObject({ body: { code: 'sign_up.closed' } });
    expect(await asks(invited, secretOf(link))).toMatchObject({ body: gone });
  });

  it('makes one administrator of ten who register by one link at the same moment', async () => {
    const link = expectStatus(
      201,
      await token(closed).manage<{ url: string }>('POST', '/api/administrators/link'),
    );
    const people = await Promise.all(
      Array.from({ length: 10 }, () => almostIn(closed, { invitation: secretOf(link) })),
    );
    const answers = await Promise.all(
      people.map(({ browser, verificationId }) => browser.identify(verificationId)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(403)]);
  });

  it('in Logto’s pages is offered where it is open alone', async () => {
    const modeAt = async (server: TestServer) =>
      (await new Browser(server).get<{ signInMode: string }>('/api/.well-known/sign-in-exp')).body.signInMode;
    expect([await modeAt(open), await modeAt(invited)]).toEqual(['SignInAndRegister', 'SignIn']);
  });

  it('is what applications may ask for (prompt=create) unless it is closed', async () => {
    const promptsAt = async (server: TestServer) =>
      (
        await new Browser(server).get<{ prompt_values_supported: string[] }>(
          '/oidc/.well-known/openid-configuration',
        )
      ).body.prompt_values_supported;
    expect(await promptsAt(invited)).toContain('create');
    expect(await promptsAt(closed)).not.toContain('create');
  });

  describe('an invitation', () => {
    it('creates an account once, puts it into its groups, and is kept as a hash', async () => {
      const groups = [await newGroup('staff'), await newGroup('testers')];
      const invitation = await invite({ groups });
      expect(invitation.url).toMatch(new RegExp(`^${ORIGIN}/#invitation=[\\w-]{43}$`));
      const days = (new Date(invitation.expiresAt).getTime() - Date.now()) / 86_400_000;
      expect(Math.round(days)).toBe(7);
      expect(await stateOf(invitation)).toBe('open');
      const browser = await comesIn(secretOf(invitation));
      const userId = await userIdOf(browser);
      for (const group of groups) expect(await membersOf(group)).toEqual([userId]);
      expect(await stateOf(invitation)).toBe('used');
      expect(await asks(invited, secretOf(invitation))).toMatchObject({ body: gone });
      const { events } = expectStatus(
        200,
        await token().manage<{ events: { type: string; details: Record<string, unknown> }[] }>(
          'GET',
          `/api/audit-events?userId=${userId}`,
        ),
      );
      const told = events.filter(({ details }) => details['invitation'] === invitation.id);
      expect(told.map(({ type }) => type).sort()).toEqual([
        'group.members-changed',
        'group.members-changed',
        'user.registered',
      ]);
      const kept = JSON.stringify([
        closed.log,
        await invited.query('SELECT * FROM passkey.audit_events'),
        await invited.query('SELECT * FROM passkey.invitations'),
        await invited.query('SELECT * FROM passkey.verification_records'),
      ]);
      expect(kept).not.toContain(secretOf(invitation));
    });

    it('is used exactly as often as it may be, also of many at the last use', async () => {
      const invitation = await invite({ maxUses: 2 });
      await comesIn(secretOf(invitation));
      const people = await Promise.all(
        Array.from({ length: 8 }, () => almostIn(invited, { invitation: secretOf(invitation) })),
      );
      const answers = await Promise.all(
        people.map(({ browser, verificationId }) => browser.identify(verificationId)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(404)]);
      expect((await list()).find(({ id }) => id === invitation.id)).toMatchObject({ uses: 2, state: 'used' });
    });

    it('is not used by a sign-up that fails', async () => {
      const invitation = await invite();
      const taken = freshUsername();
      const first = new Browser(invited);
      await first.start('Register');
      const created = expectStatus(200, await first.registrationOptions(taken, secretOf(invitation)));
      const payload = first.authenticator.register(created.registrationOptions);
      expectStatus(200, await first.verifyRegistration(created.verificationId, payload));
      await new Browser(open).register(taken);
      expect((await first.identify(created.verificationId)).status).toBe(422);
      expect(await stateOf(invitation)).toBe('open');
    });

    it.each<[string, string | undefined, (invitation: Invitation, group: string) => Promise<unknown>]>([
      ['is revoked', undefined, ({ id }) => token().manage('DELETE', `/api/invitations/${id}`)],
      [
        'expires',
        'expired',
        ({ id }) => invited.query(`UPDATE passkey.invitations SET expires_at = now() WHERE id = $1`, [id]),
      ],
      ['loses a group', 'groups-gone', (_, group) => token().manage('DELETE', `/api/groups/${group}`)],
      [
        'is of an administrator who is one no longer',
        'inviter-gone',
        ({ inviterId }) => token().manage('DELETE', `/api/administrators/${inviterId}`),
      ],
      [
        'is of an administrator who is suspended',
        'inviter-gone',
        ({ inviterId }) => setUser(inviterId!, { suspended: true }),
      ],
      [
        'is of an administrator who is deleted',
        undefined,
        ({ inviterId }) => token().manage('DELETE', `/api/users/${inviterId}`),
      ],
    ])('ends when it %s, also for whoever has made a passkey by then', async (_, state, end) => {
      const group = await newGroup(`group of ${freshUsername().value}`);
      const { browser } = await administratorAt(invited);
      const invitation = await invite({ groups: [group], maxUses: 5 }, browser);
      await comesIn(secretOf(invitation));
      const late = await almostIn(invited, { invitation: secretOf(invitation) });
      await end(invitation, group);
      expect(await asks(invited, secretOf(invitation))).toMatchObject({ body: gone });
      expect((await late.browser.identify(late.verificationId)).body).toMatchObject(gone);
      expect(await stateOf(invitation)).toBe(state);
    });

    it('is all or nothing with the end of its group at the same moment', async () => {
      for (let round = 0; round < 5; round += 1) {
        const group = await newGroup(`round ${freshUsername().value}`);
        const { browser, verificationId } = await almostIn(invited, {
          invitation: secretOf(await invite({ groups: [group] })),
        });
        const [identified, deleted] = await Promise.all([
          browser.identify(verificationId),
          token().manage('DELETE', `/api/groups/${group}`),
        ]);
        expect(deleted.status).toBe(204);
        expect([201, 404]).toContain(identified.status);
      }
    });

    it('is sent to an address, and then lets one person in', async () => {
      const { value: email } = freshEmail();
      const invitation = await invite({ email });
      // Nest has one logger for all servers of a process: the last one's.
      const [sent] = closed.log.filter(({ to }) => to === email);
      expect(sent).toMatchObject({ kind: 'invitation' });
      expect(sent!['text']).toContain(invitation.url);
      expect(new URLSearchParams(new URL(invitation.url).hash.slice(1)).get('email')).toBe(email);
      await comesIn(secretOf(invitation));
      for (const wrong of [
        { email, maxUses: 2 },
        { email: 'nobody' },
        { groups: ['9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10'] },
        { groups: ['staff'] },
        { maxUses: 0 },
        { expiresIn: 1 },
      ]) {
        const answer = await token().manage('POST', '/api/invitations', wrong);
        expect([wrong, answer.status, answer.body]).toMatchObject([
          wrong,
          400,
          { code: 'guard.invalid_input' },
        ]);
      }
    });

    it('is made by management alone, which sees all and revokes it', async () => {
      const { id } = await invite();
      for (const [method, path] of [
        ['POST', ''],
        ['GET', ''],
        ['DELETE', `/${id}`],
      ] as const) {
        const body = method === 'POST' ? {} : undefined;
        expect((await token().call(method, `/api/invitations${path}`, body)).status).toBe(401);
        const { browser } = await signedIn(open);
        expect((await browser.call(method, `/api/invitations${path}`, body)).status).toBe(403);
      }
      const page = expectStatus(
        200,
        await token().manage<{ invitations: Invitation[]; nextCursor: string }>(
          'GET',
          '/api/invitations?limit=1',
        ),
      );
      expect(page.invitations).toMatchObject([{ id, state: 'open', uses: 0 }]);
      const next = expectStatus(
        200,
        await token().manage<{ invitations: Invitation[] }>(
          'GET',
          `/api/invitations?limit=1&cursor=${page.nextCursor}`,
        ),
      );
      expect(next.invitations).toHaveLength(1);
      expect(next.invitations[0]!.id < id).toBe(true);
      expect(JSON.stringify(page)).not.toContain('url');
      expectStatus(204, await token().manage('DELETE', `/api/invitations/${id}`));
      for (const unknown of [id, 'nobody']) {
        expect((await token().manage('DELETE', `/api/invitations/${unknown}`)).body).toMatchObject(gone);
      }
      const types = await invited.query<{ type: string }>(
        `SELECT type FROM passkey.audit_events WHERE details->>'invitation' = $1 ORDER BY created_at`,
        [id],
      );
      expect(types.map(({ type }) => type)).toEqual(['invitation.created', 'invitation.revoked']);
    });
  });
});

describe('sign-up of a tenant', () => {
  const THERE = 'http://there.localhost:3000';
  let folder: string;
  let server: TestServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-sign-up-'));
    const path = join(folder, 'tenants.json');
    const tenant = {
      hosts: ['there.localhost'],
      id: 'there.localhost',
      name: 'There',
      origins: [THERE],
      signUp: 'invitation',
    };
    await writeFile(path, JSON.stringify([tenant]));
    server = await TestServer.start({ RP_TENANTS: path });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is its own, and its invitations and administrators are nobody else’s', async () => {
    const there = () => new BrowserAt(server, 'there.localhost:3000', THERE);
    const here = new Browser(server);
    const stranger = there();
    await stranger.start('Register');
    expect((await stranger.registrationOptions(freshUsername())).body).toMatchObject({
      code: 'sign_up.invitation_required',
    });
    await new Browser(server).register(freshUsername());

    const ofThere = expectStatus(201, await there().manage<Invitation>('POST', '/api/invitations', {}));
    const ofHere = expectStatus(201, await here.manage<Invitation>('POST', '/api/invitations', {}));
    expect(ofThere.url).toMatch(/^http:\/\/there\.localhost:3000\/#/);
    const asksHere = new Browser(server);
    await asksHere.start('Register');
    expect((await asksHere.registrationOptions(freshUsername(), secretOf(ofThere))).body).toMatchObject({
      code: 'invitation.not_found',
    });
    expect((await stranger.registrationOptions(freshUsername(), secretOf(ofHere))).body).toMatchObject({
      code: 'invitation.not_found',
    });
    expect((await here.manage('DELETE', `/api/invitations/${ofThere.id}`)).status).toBe(404);
    const seen = await here.manage<{ invitations: Invitation[] }>('GET', '/api/invitations');
    expect(seen.body.invitations.map(({ id }) => id)).toEqual([ofHere.id]);

    // The tenant's administrator is one there alone, whatever cookie is shown where.
    const administrator = there();
    await administrator.register(freshUsername(), secretOf(ofThere));
    const userId = await userIdOf(administrator);
    expectStatus(204, await there().manage('PUT', `/api/administrators/${userId}`));
    const users = await administrator.get<{ users: { id: string }[] }>('/api/users');
    expect(users.body.users.map(({ id }) => id)).toEqual([userId]);
    const elsewhere = new Browser(server, administrator.authenticator);
    for (const [name, value] of administrator.cookies) elsewhere.cookies.set(name, value);
    for (const path of ['/api/users', '/api/invitations', '/api/groups', '/api/audit-events']) {
      expect((await elsewhere.get(path)).status).toBe(401);
    }
  });

  it('ends with the tenant: its invitations are good for nothing where it is not configured', async () => {
    const there = new BrowserAt(server, 'there.localhost:3000', THERE);
    const invitation = expectStatus(201, await there.manage<Invitation>('POST', '/api/invitations', {}));
    const without = await TestServer.start({ SIGN_UP: 'invitation' });
    try {
      const browser = new BrowserAt(without, 'there.localhost:3000', ORIGIN);
      await browser.start('Register');
      expect((await browser.registrationOptions(freshUsername(), secretOf(invitation))).body).toMatchObject({
        code: 'invitation.not_found',
      });
    } finally {
      await without.stop();
    }
  });
});

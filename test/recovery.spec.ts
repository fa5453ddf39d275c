import { createHash, createHmac } from 'node:crypto';
import { Browser, expectStatus, freshUsername, type Identifier } from './support/browser';
import { codesSentTo, freshEmail } from './support/sent-codes';
import { signedIn, signedInAs } from './support/signed-in';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { TestServer } from './support/test-server';

const CODES = '/api/my-account/recovery-codes';
const VERIFICATION = '/api/experience/verification';

describe('recovery of an account', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const createCodes = async (browser: Browser) =>
    expectStatus(201, await browser.post<{ codes: string[] }>(CODES)).codes;
  const remaining = async (browser: Browser) =>
    expectStatus(200, await browser.get<{ remaining: number }>(CODES)).remaining;
  const useCode = (browser: Browser, identifier: Identifier, code: string) =>
    browser.post<{ verificationId: string }>(`${VERIFICATION}/recovery-code/verify`, { identifier, code });

  describe('by recovery codes', () => {
    it('are ten, random, told once, and kept as hashes only', async () => {
      const { browser } = await signedIn(server);
      expect((await browser.get(CODES)).body).toEqual({ remaining: 0, createdAt: null });
      const codes = await createCodes(browser);
      expect(codes).toHaveLength(10);
      expect(new Set(codes).size).toBe(10);
      for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect((await browser.get(CODES)).body).toEqual({ remaining: 10, createdAt: expect.any(String) });
      const stored = JSON.stringify(
        await server.query(
          `SELECT encode(code_hash, 'escape') AS text, code_hash FROM passkey.recovery_codes`,
        ),
      );
      const logged = JSON.stringify(server.log);
      const recorded = JSON.stringify(await server.query('SELECT * FROM passkey.audit_events'));
      for (const code of codes) {
        for (const place of [stored, logged, recorded]) {
          expect(place).not.toContain(code);
          expect(place).not.toContain(code.replaceAll('-', ''));
        }
      }
    });

    it('let in who lost every passkey, and lead to a new one', async () => {
      const { browser, identifier } = await signedIn(server);
      const [code] = await createCodes(browser);
      const lost = new Browser(server, new SoftwareAuthenticator());
      const typed = ` ${code!.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
      const { verificationId } = expectStatus(200, await useCode(lost, identifier, typed));
      expectStatus(204, await lost.identify(verificationId));
      expect(expectStatus(200, await lost.submit()).redirectTo).toBe('/account#recovered');
      const created = expectStatus(200, await lost.registrationOptions());
      const payload = lost.authenticator.register(created.registrationOptions);
      expectStatus(200, await lost.verifyRegistration(created.verificationId, payload));
      expectStatus(
        201,
        await lost.post('/api/my-account/passkeys', { verificationId: created.verificationId }),
      );
      await new Browser(server, lost.authenticator).signIn(identifier);
      const [session] = await server.query<{ amr: string[] }>(
        `SELECT s.amr FROM passkey.sessions s JOIN passkey.user_identifiers i USING (user_id)
          WHERE i.type = 'username' AND i.value = $1 AND 'otp' = ANY(s.amr)`,
        [identifier.value],
      );
      expect(session).toEqual({ amr: ['otp'] });
    });

    it('are taken in full-width letters and digits', async () => {
      const { browser, identifier } = await signedIn(server);
      const [code] = await createCodes(browser);
      const typed = code!.replace(/[0-9A-Z]/g, (one) => String.fromCodePoint(one.charCodeAt(0) + 0xfee0));
      expectStatus(200, await useCode(new Browser(server), identifier, typed));
    });

    it('work once, also of many calls at the same moment', async () => {
      const { browser, identifier } = await signedIn(server);
      const [code] = await createCodes(browser);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => useCode(new Browser(server), identifier, code!)),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 400)).toHaveLength(19);
      expect(await remaining(browser)).toBe(9);
    });

    it('are right or wrong, and no error, while new ones are made', async () => {
      for (let round = 0; round < 5; round += 1) {
        const { browser, identifier } = await signedIn(server);
        const codes = await createCodes(browser);
        const answers = await Promise.all([
          ...codes.slice(0, 5).map((code) => useCode(new Browser(server), identifier, code)),
          browser.post('/api/my-account/recovery-codes'),
        ]);
        for (const { status } of answers) expect([200, 201, 400]).toContain(status);
      }
    });

    it('are void once there are new ones', async () => {
      const { browser, identifier } = await signedIn(server);
      const [old] = await createCodes(browser);
      const [fresh] = await createCodes(browser);
      expect((await useCode(new Browser(server), identifier, old!)).body).toMatchObject({
        code: 'session.mfa.invalid_recovery_code',
      });
      expectStatus(200, await useCode(new Browser(server), identifier, fresh!));
    });

    it('answer alike for a wrong code and for an unknown user, and let nobody into another account', async () => {
      const { browser, identifier } = await signedIn(server);
      const { identifier: other } = await signedIn(server);
      const [code] = await createCodes(browser);
      const wrong = await useCode(new Browser(server), identifier, 'AAAA-BBBB-CCCC-DDDD');
      expect(wrong.status).toBe(400);
      expect((await useCode(new Browser(server), freshUsername(), code!)).body).toEqual(wrong.body);
      expect((await useCode(new Browser(server), other, code!)).body).toEqual(wrong.body);
      expect(await remaining(browser)).toBe(10);
    });

    it('are made after a recent sign-in only, and not for a suspended user', async () => {
      const { browser, identifier } = await signedIn(server);
      const [code] = await createCodes(browser);
      const { id } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
      await server.query(
        `UPDATE passkey.sessions SET authenticated_at = now() - interval '1 hour' WHERE user_id = $1`,
        [id],
      );
      expect((await browser.post(CODES)).body).toMatchObject({ code: 'session.verification_required' });
      expect((await new Browser(server).post(CODES)).status).toBe(401);
      await browser.suspend(id);
      const stranger = new Browser(server);
      expect((await useCode(stranger, identifier, code!)).body).toMatchObject({ code: 'user.suspended' });
    });
  });

  describe('by a code that is sent', () => {
    const request = async (browser: Browser, identifier: Identifier) =>
      expectStatus(
        200,
        await browser.post<{ verificationId: string }>(`${VERIFICATION}/verification-code`, { identifier }),
      ).verificationId;
    const tryCode = (browser: Browser, verificationId: string, code: string) =>
      browser.post(`${VERIFICATION}/verification-code/verify`, { verificationId, code });
    const sentTo = (identifier: Identifier) => codesSentTo(server, identifier);

    it('lets the owner in', async () => {
      const { identifier } = await signedIn(server, freshEmail());
      const browser = new Browser(server);
      const verificationId = await request(browser, identifier);
      const [code] = sentTo(identifier);
      expectStatus(200, await tryCode(browser, verificationId, code!));
      expectStatus(204, await browser.identify(verificationId));
      expect(expectStatus(200, await browser.submit()).redirectTo).toBe('/account#recovered');
      expect((await browser.get('/api/my-account')).body).toMatchObject({ primaryEmail: identifier.value });
      expect(server.log.filter(({ to }) => to === identifier.value).map(({ kind }) => kind)).toEqual([
        'passkey-added',
        'verification-code',
        'account-recovered',
      ]);
    });

    it('is dead once the account has lost the address, as is what it proved, and both addresses are told', async () => {
      const { identifier, userId } = await signedIn(server, freshEmail());
      const [first, second] = [new Browser(server), new Browser(server)];
      const verified = await request(second, identifier);
      expectStatus(200, await tryCode(second, verified, sentTo(identifier)[0]!));
      // The latest code: an older one would be void by this one.
      const verificationId = await request(first, identifier);
      const code = sentTo(identifier)[1];
      const now = freshEmail();
      expectStatus(200, await first.manage('PATCH', `/api/users/${userId}`, { primaryEmail: now.value }));
      expect((await tryCode(first, verificationId, code!)).body).toMatchObject({
        code: 'session.mfa.pending_info_not_found',
      });
      expect((await second.identify(verified)).status).toBe(404);
      const told = server.log.filter(({ kind }) => kind === 'addresses-changed').map(({ to }) => to);
      expect(told).toEqual([identifier.value, now.value]);
    });

    it('goes where the account is reached, when the name that was typed looks like an address', async () => {
      const old = freshEmail();
      const { userId } = await signedInAs(server, old.value);
      const mine = freshEmail();
      const browser = new Browser(server);
      await browser.manage('PATCH', `/api/users/${userId}`, {
        primaryEmail: mine.value,
        emailVerified: true,
      });
      await request(browser, old);
      expect([sentTo(old), sentTo(mine)]).toEqual([[], [expect.any(String)]]);
    });

    it.each([
      ['full-width', 0xff10],
      ['Arabic', 0x0660],
      ['Persian', 0x06f0],
    ])('may be typed in %s digits', async (_, zero) => {
      const { identifier } = await signedIn(server, freshEmail());
      const browser = new Browser(server);
      const verificationId = await request(browser, identifier);
      const [code] = sentTo(identifier);
      const typed = [...code!].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
      expectStatus(200, await tryCode(browser, verificationId, typed));
    });

    it('belongs to the browser that asked', async () => {
      const { identifier } = await signedIn(server, freshEmail());
      const verificationId = await request(new Browser(server), identifier);
      const [code] = sentTo(identifier);
      expect((await tryCode(new Browser(server), verificationId, code!)).status).toBe(404);
    });

    const otherThan = (code: string | undefined) => (code === '00000000' ? '11111111' : '00000000');

    it.each([
      ['an account', true],
      ['nobody', false],
    ])('can be tried wrongly five times in 15 minutes for %s, from everywhere', async (_, exists) => {
      const identifier = freshEmail();
      if (exists) await signedIn(server, identifier);
      const browsers = [new Browser(server), new Browser(server), new Browser(server)];
      const codes: string[] = [];
      for (const [index, browser] of browsers.entries()) {
        const verificationId = await request(browser, identifier);
        for (let tries = 0; tries < [3, 2, 0][index]!; tries += 1) {
          const answer = await tryCode(browser, verificationId, otherThan(sentTo(identifier).at(-1)));
          codes.push(String(answer.body['code']));
        }
        if (index < 2) continue;
        const right = sentTo(identifier).at(-1) ?? '12345678';
        const refused = await tryCode(browser, verificationId, right);
        expect(refused).toMatchObject({ status: 429, body: { code: 'request.too_many' } });
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(890);
        expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(900);
        expect((await browser.identify(verificationId)).status).toBe(400);
        if (!exists) continue;
        await server.query(
          `UPDATE passkey.sent_codes SET wrong_tries = ARRAY(SELECT at - interval '15 minutes' FROM unnest(wrong_tries) AS t (at))`,
        );
        expectStatus(200, await tryCode(browser, verificationId, right));
      }
      expect(codes).toEqual(Array.from({ length: 5 }, () => 'verification_code.code_mismatch'));
    });

    it('of 20 wrong tries at the same moment, five are looked at', async () => {
      const { identifier } = await signedIn(server, freshEmail());
      const browser = new Browser(server);
      const verificationId = await request(browser, identifier);
      const wrong = otherThan(sentTo(identifier)[0]);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => tryCode(browser, verificationId, wrong)),
      );
      expect(answers.filter(({ status }) => status === 400)).toHaveLength(5);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
    });

    it('is not used up by what can be no code', async () => {
      const { identifier } = await signedIn(server, freshEmail());
      const browser = new Browser(server);
      const verificationId = await request(browser, identifier);
      for (const typed of [
        '1',
        '123456789',
        'no code',
        '1234567x',
        '12 34',
        'x'.repeat(64),
        'x'.repeat(65),
      ]) {
        expect((await tryCode(browser, verificationId, typed)).status).toBe(400);
      }
      expectStatus(200, await tryCode(browser, verificationId, ` ${sentTo(identifier)[0]} `));
    });

    it('is void once a newer one was sent', async () => {
      const { identifier } = await signedIn(server, freshEmail());
      const [first, second] = [new Browser(server), new Browser(server)];
      const [old, latest] = [await request(first, identifier), await request(second, identifier)];
      const [oldCode, latestCode] = sentTo(identifier);
      expect((await tryCode(first, old, oldCode!)).body).toMatchObject({
        code: 'session.mfa.pending_info_not_found',
      });
      expectStatus(200, await tryCode(second, latest, latestCode!));
    });

    const moveSends = (interval: string) =>
      server.query(
        `UPDATE passkey.sent_codes SET sends = ARRAY(SELECT at - $1::interval FROM unnest(sends) AS s (at) ORDER BY at)`,
        [interval],
      );

    it.each([
      ['an account', true],
      ['nobody', false],
    ])(
      'is sent three times in 15 minutes and ten times a day to %s, which is recorded',
      async (_, exists) => {
        const identifier = freshEmail();
        const userId = exists ? (await signedIn(server, identifier)).userId : null;
        const ask = () => new Browser(server).post(`${VERIFICATION}/verification-code`, { identifier });
        const answers = [];
        for (let round = 0; round < 4; round += 1) {
          for (let send = 0; send < 4; send += 1) answers.push(await ask());
          await moveSends('15 minutes');
        }
        expect(answers.map(({ status }) => status)).toEqual([
          ...[200, 200, 200, 429],
          ...[200, 200, 200, 429],
          ...[200, 200, 200, 429],
          ...[200, 429, 429, 429],
        ]);
        const waits = answers.map(({ headers }) => Number(headers.get('retry-after')));
        expect(waits[3]).toBeGreaterThan(890);
        expect(waits[3]).toBeLessThanOrEqual(900);
        expect(waits[15]).toBeGreaterThan(86_400 - 2_700 - 10);
        expect(sentTo(identifier)).toHaveLength(exists ? 10 : 0);
        const refusals = await server.query(
          `SELECT FROM passkey.audit_events
          WHERE type = 'recovery.failed' AND details->>'code' = 'request.too_many' AND user_id IS NOT DISTINCT FROM $1
            AND details->>'reason' = 'too many codes were sent to the account'`,
          [userId],
        );
        expect(refusals).toHaveLength(6);
        await moveSends('1 day');
        expect((await ask()).status).toBe(200);
      },
    );

    it('keeps nobody from a passkey, whatever strangers have sent and tried', async () => {
      const { browser: owner, identifier } = await signedIn(server, freshEmail());
      const stranger = new Browser(server);
      for (let send = 0; send < 4; send += 1) {
        const answer = await stranger.post<{ verificationId: string }>(`${VERIFICATION}/verification-code`, {
          identifier,
        });
        for (let tries = 0; tries < 6; tries += 1) {
          await tryCode(stranger, answer.body.verificationId, otherThan(sentTo(identifier).at(-1)));
        }
      }
      const again = new Browser(server, owner.authenticator);
      await again.signIn(identifier);
      expectStatus(201, await again.post(CODES));
    });

    it('is kept as a hash with a key that the database does not have', async () => {
      const { identifier } = await signedIn(server, freshEmail());
      const verificationId = await request(new Browser(server), identifier);
      const [row] = await server.query<{ challenge: Buffer }>(
        'SELECT challenge FROM passkey.verification_records WHERE id = $1',
        [verificationId],
      );
      const code = sentTo(identifier)[0]!;
      const plain = [code, `${verificationId} ${code}`, JSON.stringify(['sent-code', verificationId, code])];
      expect(plain.map((text) => createHash('sha256').update(text).digest('hex'))).not.toContain(
        row!.challenge.toString('hex'),
      );
      expect(row!.challenge).toEqual(
        createHmac('sha256', 'secret-of-the-tests-0123456789abcdef').update(plain[2]!).digest(),
      );
    });

    it('is not said to be sent or not for an unknown user, whom no code fits', async () => {
      const browser = new Browser(server);
      const unknown = freshEmail();
      const verificationId = await request(browser, unknown);
      expect(sentTo(unknown)).toEqual([]);
      expect((await tryCode(browser, verificationId, '12345678')).body).toMatchObject({
        code: 'verification_code.code_mismatch',
      });
    });

    it('expires', async () => {
      const { identifier } = await signedIn(server, freshEmail());
      const browser = new Browser(server);
      const verificationId = await request(browser, identifier);
      await server.query(`UPDATE passkey.verification_records SET expires_at = now() WHERE id = $1`, [
        verificationId,
      ]);
      expect((await tryCode(browser, verificationId, sentTo(identifier)[0]!)).status).toBe(404);
    });

    it('needs a messenger of the host', async () => {
      const without = await TestServer.start({ MESSENGER: 'off' });
      try {
        const answer = await new Browser(without).post(`${VERIFICATION}/verification-code`, {
          identifier: freshEmail(),
        });
        expect(answer).toMatchObject({ status: 404, body: { code: 'recovery.channel_not_available' } });
      } finally {
        await without.stop();
      }
    });
  });

  describe('by two codes, where the policy asks for them', () => {
    let strict: TestServer;
    beforeAll(async () => {
      strict = await TestServer.start({ RP_POLICY: '{"recovery":"two-codes"}' });
    });
    afterAll(() => strict.stop());

    const saved = async (browser: Browser, identifier: Identifier, code: string) =>
      expectStatus(200, await useCode(browser, identifier, code)).verificationId;
    const sent = async (browser: Browser, identifier: Identifier) => {
      const { verificationId } = expectStatus(
        200,
        await browser.post<{ verificationId: string }>(`${VERIFICATION}/verification-code`, { identifier }),
      );
      const code = codesSentTo(strict, identifier).at(-1);
      expectStatus(
        200,
        await browser.post(`${VERIFICATION}/verification-code/verify`, { verificationId, code }),
      );
      return verificationId;
    };
    let people = 0;
    const person = async () => {
      const identifier: Identifier = { type: 'email', value: `two-${process.pid}-${++people}@example.com` };
      const { browser, userId } = await signedIn(strict, identifier);
      return { identifier, userId, codes: await createCodes(browser) };
    };

    it.each([
      ['the saved one first', [saved, sent]],
      ['the one that was sent first', [sent, saved]],
    ] as const)('lets in by one of each kind, %s', async (_, [first, second]) => {
      const { identifier, codes } = await person();
      const lost = new Browser(strict);
      const one = await first(lost, identifier, codes[0]!);
      const refused = await lost.identify(one);
      expect(refused).toMatchObject({ status: 403, body: { code: 'recovery.second_code_required' } });
      expect((await lost.submit()).status).toBe(404);
      expectStatus(204, await lost.identify(await second(lost, identifier, codes[1]!)));
      expect(expectStatus(200, await lost.submit()).redirectTo).toBe('/account#recovered');
    });

    it('lets nobody in by two of one kind, by those of two accounts, or by one that another browser has', async () => {
      const [mine, theirs] = [await person(), await person()];
      const lost = new Browser(strict);
      await saved(lost, mine.identifier, mine.codes[0]!);
      const twice = await saved(lost, mine.identifier, mine.codes[1]!);
      expect((await lost.identify(twice)).status).toBe(403);
      expect((await lost.identify(await sent(lost, theirs.identifier))).status).toBe(403);
      const elsewhere = await sent(new Browser(strict), mine.identifier);
      expect((await lost.identify(elsewhere)).status).toBe(404);
      expect((await lost.identify(twice)).status).toBe(403);
    });
  });
});

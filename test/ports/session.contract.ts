import { randomUUID } from 'node:crypto';
import type { Identification, UserId } from 'nestjs-passkey-sign-in';
import type { PortsUnderTest } from './ports-under-test';
import { Visitor } from './visitor';

/** What the module asks of every SessionProvider. */
export function describeSessionContract(underTest: () => PortsUnderTest): void {
  const start = async (userId: UserId, visitor = new Visitor(), passkeyId: string | null = null) => {
    const { sessions, manager } = underTest();
    const user: Identification = { userId, amr: ['otp'], authenticatedAt: new Date(), passkeyId };
    await visitor.visit((exchange) => sessions.start(exchange, user, manager));
    return visitor;
  };
  const current = (visitor: Visitor) => visitor.visit((exchange) => underTest().sessions.current(exchange));

  it('signs in one browser, with how and when', async () => {
    const userId = await underTest().newUser();
    const other = new Visitor();
    expect(await current(other)).toBeNull();
    const session = await current(await start(userId));
    expect(session).toMatchObject({ userId, amr: ['otp'], authenticatedAt: expect.any(Date) });
    expect(session!.age).toBeGreaterThanOrEqual(0);
    expect(session!.age).toBeLessThan(15);
    expect(await current(other)).toBeNull();
  });

  it('begins under a new secret: a thief of the earlier cookies is not signed in', async () => {
    const { newUser } = underTest();
    const visitor = await start(await newUser());
    const thief = visitor.thief();
    const userId = await newUser();
    await start(userId, visitor);
    expect(await current(visitor)).toMatchObject({ userId });
    expect(await current(thief)).toBeNull();
  });

  it('counts from the proof, whenever it was started', async () => {
    const { newUser, sessions, manager } = underTest();
    const visitor = new Visitor();
    const authenticatedAt = new Date(Date.now() - 3_600_000);
    const user: Identification = { userId: await newUser(), amr: ['pop'], authenticatedAt, passkeyId: null };
    await visitor.visit((exchange) => sessions.start(exchange, user, manager));
    const { age } = (await current(visitor))!;
    expect(age).toBeGreaterThanOrEqual(3_599);
    expect(age).toBeLessThan(3_615);
  });

  it('renewed, it adds how the user was authenticated and counts from now, under a new secret', async () => {
    const { newUser, sessions, manager } = underTest();
    const passkeyId = randomUUID();
    const visitor = await start(await newUser());
    const before = await current(visitor);
    const thief = visitor.thief();
    const proof = { amr: ['pop' as const, 'hwk' as const, 'pop' as const], passkeyId };
    await visitor.visit((exchange) => sessions.renew(exchange, proof, manager));
    const after = await current(visitor);
    expect(after).toMatchObject({ id: before!.id, passkeyId });
    expect([...after!.amr].sort()).toEqual(['hwk', 'otp', 'pop']);
    expect(after!.authenticatedAt.getTime()).toBeGreaterThanOrEqual(before!.authenticatedAt.getTime());
    expect(await current(thief)).toBeNull();
    await visitor.visit((exchange) =>
      sessions.renew(exchange, { amr: [], passkeyId: randomUUID() }, manager),
    );
    expect(await current(visitor)).toMatchObject({ passkeyId });
    await new Visitor().visit((exchange) => sessions.renew(exchange, proof, manager));
  });

  it('is listed to its user, and ended by its id', async () => {
    const { newUser, sessions, manager } = underTest();
    const [userId, other] = [await newUser(), await newUser()];
    const passkeyId = randomUUID();
    const visitors = [await start(userId, new Visitor(), passkeyId), await start(userId)];
    const neighbour = await start(other);
    const [first, second] = [(await current(visitors[0]!))!, (await current(visitors[1]!))!];
    const list = await sessions.list(userId);
    expect(list.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
    expect(list.find(({ id }) => id === first.id)).toMatchObject({ passkeyId, amr: ['otp'] });
    expect(await sessions.endOne(other, first.id, manager)).toBe(false);
    expect(await sessions.endOne(userId, first.id, manager)).toBe(true);
    expect(await sessions.endOne(userId, first.id, manager)).toBe(false);
    expect(await current(visitors[0]!)).toBeNull();
    expect(await current(visitors[1]!)).not.toBeNull();
    expect(await current(neighbour)).not.toBeNull();
  });

  it('ends with the passkey that opened it, but for the browser that is spared', async () => {
    const { newUser, sessions, manager } = underTest();
    const userId = await newUser();
    const passkeyId = randomUUID();
    const [spared, opened, elsewhere] = [
      await start(userId, new Visitor(), passkeyId),
      await start(userId, new Visitor(), passkeyId),
      await start(userId, new Visitor(), randomUUID()),
    ];
    await spared.visit((exchange) => sessions.endAll(userId, manager, { passkeyId, except: exchange }));
    expect(await current(spared)).not.toBeNull();
    expect(await current(opened)).toBeNull();
    expect(await current(elsewhere)).not.toBeNull();
  });

  it('ended, it is gone, also for a thief of its cookies', async () => {
    const { newUser, sessions, manager } = underTest();
    const visitor = await start(await newUser());
    const thief = visitor.thief();
    await visitor.visit((exchange) => sessions.end(exchange, manager));
    expect(await current(visitor)).toBeNull();
    expect(await current(thief)).toBeNull();
    await new Visitor().visit((exchange) => sessions.end(exchange, manager));
  });

  it('counts no more once it has ended, if it is told', async () => {
    const { newUser, sessions, manager } = underTest();
    const [one, other] = [await newUser(), await newUser()];
    const [ended, kept] = [(await current(await start(one)))!, (await current(await start(other)))!];
    await sessions.endAll(one, manager);
    expect((await sessions.counts?.(ended, manager)) ?? false).toBe(false);
    expect((await sessions.counts?.(kept, manager)) ?? true).toBe(true);
  });

  it('is of no use to a suspended user', async () => {
    const { newUser, suspend } = underTest();
    const userId = await newUser();
    const visitor = await start(userId);
    await suspend(userId);
    expect(await current(visitor)).toBeNull();
  });

  it('ended everywhere, is gone from every browser of the user, and from no other', async () => {
    const { newUser, sessions, manager } = underTest();
    const [userId, other] = [await newUser(), await newUser()];
    const visitors = [await start(userId), await start(userId)];
    const neighbour = await start(other);
    await sessions.endAll(userId, manager);
    for (const visitor of visitors) expect(await current(visitor)).toBeNull();
    expect(await current(neighbour)).toMatchObject({ userId: other });
  });
}

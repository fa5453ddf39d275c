import type { UserId } from '@passkey/experience-verification';
import type { PortsUnderTest } from './ports-under-test';
import { Visitor } from './visitor';

/** What the module asks of every SessionProvider. */
export function describeSessionContract(underTest: () => PortsUnderTest): void {
  const start = async (userId: UserId, visitor = new Visitor()) => {
    await visitor.visit((exchange) => underTest().sessions.start(exchange, { userId, amr: ['otp'] }));
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

  it('renewed, it adds how the user was authenticated and counts from now', async () => {
    const { newUser, sessions } = underTest();
    const visitor = await start(await newUser());
    const before = await current(visitor);
    await visitor.visit((exchange) => sessions.renew(exchange, ['pop', 'hwk', 'pop']));
    const after = await current(visitor);
    expect([...after!.amr].sort()).toEqual(['hwk', 'otp', 'pop']);
    expect(after!.authenticatedAt.getTime()).toBeGreaterThanOrEqual(before!.authenticatedAt.getTime());
    await new Visitor().visit((exchange) => sessions.renew(exchange, ['hwk']));
  });

  it('ended, it is gone, also for a thief of its cookies', async () => {
    const { newUser, sessions } = underTest();
    const visitor = await start(await newUser());
    const thief = visitor.thief();
    await visitor.visit((exchange) => sessions.end(exchange));
    expect(await current(visitor)).toBeNull();
    expect(await current(thief)).toBeNull();
    await new Visitor().visit((exchange) => sessions.end(exchange));
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

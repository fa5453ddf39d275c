import { randomUUID } from 'node:crypto';
import type { AuthenticationMethod, UserId } from 'nestjs-passkey-sign-in';
import type { PortsUnderTest } from './ports-under-test';
import { Visitor } from './visitor';

/** A proof of the user, as identification has it. */
const proofOf = (userId: UserId, method: AuthenticationMethod, passkeyId: string | null = null) => ({
  userId,
  amr: [method],
  authenticatedAt: new Date('2026-01-02T03:04:05.678Z'),
  passkeyId,
});

const refusal = (code: string): unknown => expect.objectContaining({ code });

/** What the module asks of every InteractionProvider. */
export function describeInteractionContract(underTest: () => PortsUnderTest): void {
  /** A browser in an interaction in which the user has been identified. */
  const identified = async (userId: UserId) => {
    const { interactions, manager } = underTest();
    const visitor = new Visitor();
    const id = await visitor.visit((exchange) => interactions.currentOrNew(exchange));
    await interactions.identify(id, proofOf(userId, 'hwk'), manager);
    return { visitor, id };
  };

  const current = (visitor: Visitor) =>
    visitor.visit((exchange) => underTest().interactions.current(exchange));
  const finish = (visitor: Visitor) =>
    visitor.visit((exchange) => {
      const { interactions, manager } = underTest();
      return interactions.finish(exchange, manager);
    });

  it('a browser is in none until one is begun, and then in that one', async () => {
    const { interactions } = underTest();
    const visitor = new Visitor();
    expect(await current(visitor)).toBeNull();
    const id = await visitor.visit((exchange) => interactions.currentOrNew(exchange));
    expect(await current(visitor)).toEqual(id);
    expect(await visitor.visit((exchange) => interactions.currentOrNew(exchange))).toEqual(id);
    const other = await new Visitor().visit((exchange) => interactions.currentOrNew(exchange));
    expect(other).not.toEqual(id);
  });

  it('is a sign-in unless it was begun otherwise, and each beginning is another one', async () => {
    const { interactions } = underTest();
    const visitor = new Visitor();
    const first = await visitor.visit((exchange) => interactions.currentOrNew(exchange));
    expect(await interactions.eventOf(first)).toBe('SignIn');
    const second = await visitor.visit((exchange) => interactions.restart(exchange, 'Register'));
    expect(second).not.toEqual(first);
    expect(await current(visitor)).toEqual(second);
    expect(await interactions.eventOf(second)).toBe('Register');
    await visitor.visit((exchange) => interactions.restart(exchange, 'SignIn'));
    expect(await interactions.eventOf((await current(visitor))!)).toBe('SignIn');
  });

  it('a restart forgets who was identified, also for a thief of the earlier cookies', async () => {
    const { interactions, newUser } = underTest();
    const { visitor } = await identified(await newUser());
    const thief = visitor.thief();
    await visitor.visit((exchange) => interactions.restart(exchange, 'SignIn'));
    expect(await interactions.identifiedUser((await current(visitor))!)).toBeNull();
    await expect(finish(visitor)).rejects.toEqual(refusal('session.identifier_not_found'));
    await expect(finish(thief)).rejects.toEqual(refusal('session.interaction_not_found'));
  });

  it('knows who was identified and how, and nobody else is identified after', async () => {
    const { interactions, manager, newUser } = underTest();
    const [userId, other] = [await newUser(), await newUser()];
    const { visitor, id } = await identified(userId);
    expect(await interactions.identifiedUser(id)).toBe(userId);
    await expect(interactions.identify(id, proofOf(other, 'otp'), manager)).rejects.toEqual(
      refusal('session.identity_conflict'),
    );
    const passkeyId = randomUUID();
    const later = {
      ...proofOf(userId, 'pop', passkeyId),
      authenticatedAt: new Date('2026-02-03T04:05:06.789Z'),
    };
    await interactions.identify(id, later, manager);
    const finished = await finish(visitor);
    expect(finished).toMatchObject({ userId, passkeyId, authenticatedAt: later.authenticatedAt });
    expect([...finished.amr].sort()).toEqual(['hwk', 'pop']);
  });

  it('renewed, it stays what it was for the browser, and is gone for who knew its earlier cookies', async () => {
    const { interactions, manager, newUser } = underTest();
    const userId = await newUser();
    const visitor = new Visitor();
    await visitor.visit((exchange) => interactions.restart(exchange, 'Register'));
    const id = (await current(visitor))!;
    await interactions.identify(id, proofOf(userId, 'hwk'), manager);
    const thief = visitor.thief();
    const renewed = await visitor.visit((exchange) => interactions.renew(id, exchange, manager));
    expect(renewed).not.toEqual(id);
    expect(await current(visitor)).toEqual(renewed);
    expect(await interactions.eventOf(renewed)).toBe('Register');
    expect(await interactions.identifiedUser(renewed)).toBe(userId);
    expect(await interactions.identifiedUser(id)).toBeNull();
    await expect(finish(thief)).rejects.toEqual(refusal('session.interaction_not_found'));
    expect((await finish(visitor)).userId).toBe(userId);
  });

  it('is finished once somebody is identified, by one caller, who learns where to go', async () => {
    const { interactions, newUser } = underTest();
    await expect(finish(new Visitor())).rejects.toEqual(refusal('session.interaction_not_found'));
    const begun = new Visitor();
    await begun.visit((exchange) => interactions.restart(exchange, 'SignIn'));
    await expect(finish(begun)).rejects.toEqual(refusal('session.identifier_not_found'));
    const userId = await newUser();
    const { visitor } = await identified(userId);
    const rivals = Array.from({ length: 4 }, () => finish(visitor.thief()));
    const outcomes = await Promise.allSettled(rivals);
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(won).toEqual([{ ...proofOf(userId, 'hwk'), redirectTo: expect.stringMatching(/^(\/|https?:)/) }]);
    await expect(finish(visitor)).rejects.toEqual(refusal('session.interaction_not_found'));
  });

  it('finished, it leaves the browser in none', async () => {
    const { newUser } = underTest();
    const { visitor } = await identified(await newUser());
    await finish(visitor);
    expect(await current(visitor)).toBeNull();
  });

  it('is of no use to a suspended user', async () => {
    const { interactions, newUser, suspend } = underTest();
    const userId = await newUser();
    const { visitor, id } = await identified(userId);
    await suspend(userId);
    expect(await interactions.identifiedUser(id)).toBeNull();
    await expect(finish(visitor)).rejects.toEqual(refusal('user.suspended'));
  });

  it('abandoned, it is gone, also for a thief of its cookies', async () => {
    const { interactions, newUser } = underTest();
    const { visitor } = await identified(await newUser());
    const thief = visitor.thief();
    await visitor.visit((exchange) => interactions.abandon(exchange));
    expect(await current(visitor)).toBeNull();
    await expect(finish(thief)).rejects.toEqual(refusal('session.interaction_not_found'));
    await new Visitor().visit((exchange) => interactions.abandon(exchange));
  });
}

import { randomUUID } from 'node:crypto';
import { type RpId, USER_GROUPS, type UserGroups, type UserId } from 'nestjs-passkey-sign-in';
import type { EntityManager } from 'typeorm';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { almostIn } from '../support/records';
import { userIdOf } from '../support/signed-in';
import type { PortsHost } from './host';

/** A host whose groups are under test, and what is done to them from outside the module. */
export interface GroupsUnderTest {
  host: PortsHost;
  /** @returns the id of a new one */
  add: (rpId: RpId) => Promise<string>;
  remove: (id: string) => Promise<void>;
  membersOf: (id: string) => Promise<string[]>;
}

/** The relying party of the host, and another one. */
const HERE = 'localhost' as RpId;
const THERE = 'there.localhost' as RpId;

/** What the module asks of every UserGroups, and what it is to who is invited. */
export function describeUserGroupsContract(underTest: () => GroupsUnderTest): void {
  const groups = () => underTest().host.app.get<UserGroups>(USER_GROUPS);
  const inTransaction = <T>(work: (transaction: EntityManager) => Promise<T>) =>
    underTest().host.ports.manager.transaction(work);
  const join = (ids: string[], userId: UserId, rpId = HERE) =>
    inTransaction((transaction) => groups().join(ids, userId, rpId, transaction));
  /** Here, a group that there was, and one of the other relying party. */
  const some = async () => {
    const { add, remove } = underTest();
    const [one, another, gone, theirs] = [
      await add(HERE),
      await add(HERE),
      await add(HERE),
      await add(THERE),
    ];
    await remove(gone);
    return { one, another, gone, theirs, userId: await underTest().host.ports.newUser() };
  };
  const membersOf = (...ids: string[]) => Promise.all(ids.map((id) => underTest().membersOf(id)));

  describe('a relying party', () => {
    it('has its own groups alone, while they are there', async () => {
      const { one, another, gone, theirs } = await some();
      const asked = [one, theirs, gone, randomUUID(), another];
      expect((await groups().known(asked, HERE)).sort()).toEqual([one, another].sort());
      expect(await groups().known(asked, THERE)).toEqual([theirs]);
      expect(await groups().known([], HERE)).toEqual([]);
    });
  });

  describe('a user', () => {
    it('joins all of the groups, and no other', async () => {
      const { one, another, userId } = await some();
      const { one: untouched } = await some();
      expect(await join([one, another], userId)).toBe(true);
      expect(await membersOf(one, another, untouched)).toEqual([[userId], [userId], []]);
      const next = await underTest().host.ports.newUser();
      expect(await join([one], next)).toBe(true);
      expect((await membersOf(one))[0]!.sort()).toEqual([userId, next].sort());
    });

    it('joins none where one is gone, is not there, or is another relying party’s', async () => {
      const { one, another, gone, theirs, userId } = await some();
      for (const other of [gone, randomUUID(), theirs]) {
        expect(await join([one, other, another], userId)).toBe(false);
        expect(await join([other], userId)).toBe(false);
      }
      expect(await join([one], userId, THERE)).toBe(false);
      expect(await membersOf(one, another, theirs)).toEqual([[], [], []]);
    });

    it('who joins twice is in once', async () => {
      const { one, another, userId } = await some();
      expect(await join([one], userId)).toBe(true);
      expect(await join([another, one, another], userId)).toBe(true);
      expect(await membersOf(one, another)).toEqual([[userId], [userId]]);
    });

    it('is in none where the transaction fails', async () => {
      const { one, another, userId } = await some();
      const failed = inTransaction(async (transaction) => {
        expect(await groups().join([one, another], userId, HERE, transaction)).toBe(true);
        throw new Error('of something else');
      });
      await expect(failed).rejects.toThrow('of something else');
      expect(await membersOf(one, another)).toEqual([[], []]);
    });
  });

  describe('an invitation', () => {
    const invite = (ids: string[]) =>
      new Browser(underTest().host).manage<{ url: string }>('POST', '/api/invitations', { groups: ids });
    const invited = async (ids: string[]) => {
      const { url } = expectStatus(201, await invite(ids));
      return new URLSearchParams(new URL(url).hash.slice(1)).get('invitation')!;
    };
    const arrive = async (invitation: string) => {
      const person = await almostIn(underTest().host, { invitation });
      return { ...person, comeIn: () => person.browser.identify(person.verificationId) };
    };

    afterEach(() => {
      jest.restoreAllMocks();
    });

    it('puts its new account into its groups', async () => {
      const { one, another } = await some();
      const { browser, comeIn } = await arrive(await invited([one, another]));
      expectStatus(201, await comeIn());
      expectStatus(200, await browser.submit());
      const userId = await userIdOf(browser);
      expect(await membersOf(one, another)).toEqual([[userId], [userId]]);
    });

    it('is not made to a group that the relying party has not', async () => {
      const { one, gone, theirs } = await some();
      for (const other of [gone, theirs, randomUUID()]) {
        expect(await invite([one, other])).toMatchObject({
          status: 400,
          body: { code: 'guard.invalid_input' },
        });
      }
    });

    it('lets nobody in once a group is gone, also since the passkey was made', async () => {
      const { one, another } = await some();
      const invitation = await invited([one, another]);
      const { browser, identifier, comeIn } = await arrive(invitation);
      await underTest().remove(another);
      const refused = { status: 404, body: { code: 'invitation.not_found' } };
      expect(await comeIn()).toMatchObject(refused);
      expect(await membersOf(one)).toEqual([[]]);
      expect(await browser.registrationOptions(freshUsername(), invitation)).toMatchObject(refused);
      // Nor is there an account that has the name.
      await new Browser(underTest().host).register(identifier);
    });

    it('makes its account a member all at once: what fails leaves neither, and the invitation good', async () => {
      const { one } = await some();
      const invitation = await invited([one]);
      const { identifier, comeIn } = await arrive(invitation);
      const port = groups();
      const joins = port.join.bind(port);
      jest.spyOn(port, 'join').mockImplementationOnce(async (...args) => {
        expect(await joins(...args)).toBe(true);
        throw new Error('of something else');
      });
      expect((await comeIn()).status).toBe(500);
      expect(await membersOf(one)).toEqual([[]]);
      const again = await almostIn(underTest().host, { identifier, invitation });
      expectStatus(201, await again.browser.identify(again.verificationId));
      expect((await membersOf(one))[0]).toHaveLength(1);
    });
  });
}

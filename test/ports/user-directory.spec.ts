import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type AccountMessage,
  type AccountMessenger,
  type NewUser,
  type UserId,
  USER_DIRECTORY,
} from 'nestjs-passkey-sign-in';
import type { EntityManager } from 'typeorm';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { startHost, takingAway } from './host';
import { Members } from './members';
import { describeUserDirectoryContract, type UsersUnderTest } from './user-directory.contract';

const messages: AccountMessage[] = [];

@Injectable()
class Letters implements AccountMessenger {
  send(message: AccountMessage): Promise<void> {
    messages.push(message);
    return Promise.resolve();
  }
}

const onOwnTables = async (): Promise<UsersUnderTest> => {
  const host = await startHost({ messenger: Letters });
  const { users } = host;
  return {
    host,
    messages,
    addUser: async (username, primaryEmail) => (await users.create({ username, primaryEmail })).id as UserId,
    suspend: async (id) => {
      await users.update(id, { suspended: true });
    },
    remove: (id) => users.delete(id),
    nameOf: (username) => username,
  };
};

const onTheHosts = async (): Promise<UsersUnderTest> => {
  const host = await startHost({ messenger: Letters, userDirectory: Members });
  const members = host.app.get<Members>(USER_DIRECTORY);
  await members.makeTable();
  return {
    host: takingAway(host, () => members.dropTable()),
    messages,
    addUser: (username, email) => members.add(username, email),
    suspend: (id) => members.bar(id),
    remove: async (id) => {
      await members.remove(id);
      await host.users.delete(id);
    },
    nameOf: (username) => `Known as ${username}`,
  };
};

/** A directory that mistakes everybody new for somebody who is there. */
@Injectable()
class Mistaken extends Members {
  override locate(): Promise<null> {
    return Promise.resolve(null);
  }

  override isSuspended(): Promise<boolean> {
    return Promise.resolve(false);
  }

  override async create(_user: NewUser, transaction: EntityManager): Promise<UserId> {
    const [first] = await transaction.query<{ id: UserId }[]>(`SELECT id FROM passkey.users LIMIT 1`);
    return first?.id ?? (randomUUID() as string as UserId);
  }
}

it('registration opens no account that is known, whatever the directory answers', async () => {
  const host = await startHost({ userDirectory: Mistaken });
  await new Browser(host).register(freshUsername());
  const intruder = new Browser(host);
  await intruder.start('Register');
  const created = expectStatus(200, await intruder.registrationOptions(freshUsername()));
  const payload = intruder.authenticator.register(created.registrationOptions);
  expectStatus(200, await intruder.verifyRegistration(created.verificationId, payload));
  expect(await intruder.identify(created.verificationId)).toMatchObject({
    status: 422,
    body: { code: 'user.username_already_in_use' },
  });
  await host.close();
});

describe.each([
  { name: 'the module’s tables', start: onOwnTables },
  { name: 'a table of the host', start: onTheHosts },
])('users in $name', ({ name, start }) => {
  let underTest: UsersUnderTest;
  beforeAll(async () => {
    underTest = await start();
  });
  afterAll(() => underTest.host.close());

  describeUserDirectoryContract(() => underTest);

  if (name === 'a table of the host') {
    it('has no identifiers in the module’s tables', async () => {
      const rows = await underTest.host.ports.manager.query('SELECT FROM passkey.user_identifiers');
      expect(rows).toEqual([]);
    });
  }
});

import { openIdProvider } from 'nestjs-passkey-openid-provider';
import { type RpId, USER_GROUPS } from 'nestjs-passkey-sign-in';
import { GroupsService } from '../../libs/openid-provider/src/groups/groups.service';
import { freshUsername } from '../support/browser';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { startHost, takingAway } from './host';
import { Teams } from './teams';
import { describeUserGroupsContract, type GroupsUnderTest } from './user-groups.contract';

const TOKEN = { managementApiToken: MANAGEMENT_TOKEN, secret: MANAGEMENT_TOKEN };

const ofTheProvider = async (): Promise<GroupsUnderTest> => {
  const host = await startHost({}, undefined, { ...TOKEN, adapters: [openIdProvider()] });
  const groups = host.app.get(GroupsService);
  const rpIds = new Map<string, RpId>();
  const askingFor = (id: string) => ({ rpId: rpIds.get(id)!, caller: {} });
  return {
    host,
    add: async (rpId) => {
      const { id } = await groups.create({ name: freshUsername().value }, { rpId, caller: {} });
      rpIds.set(id, rpId);
      return id;
    },
    remove: (id) => groups.delete(id, askingFor(id)),
    membersOf: async (id) => (await groups.members(id, askingFor(id).rpId)).members,
  };
};

const ofTheHost = async (): Promise<GroupsUnderTest> => {
  const given = { providers: [{ provide: USER_GROUPS, useClass: Teams }] };
  const host = await startHost({}, undefined, { ...TOKEN, adapters: [given] });
  const teams = host.app.get<Teams>(USER_GROUPS);
  await teams.makeTable();
  return {
    host: takingAway(host, () => teams.dropTable()),
    add: (rpId) => teams.add(rpId),
    remove: (id) => teams.remove(id),
    membersOf: (id) => teams.membersOf(id),
  };
};

describe.each([
  { name: 'the OpenID Provider’s tables', start: ofTheProvider },
  { name: 'a table of the host', start: ofTheHost },
])('groups in $name', ({ start }) => {
  let underTest: GroupsUnderTest;
  beforeAll(async () => {
    underTest = await start();
  });
  afterAll(() => underTest.host.close());

  describeUserGroupsContract(() => underTest);
});

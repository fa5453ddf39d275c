import { readFile } from 'node:fs/promises';
import { Browser } from '../support/browser';
import { examine } from './examine';
import { setStage } from './stage';
import { Visitor } from './visitor';

describe('the page for administrators', () => {
  const stage = setStage();
  let visitor: Visitor;

  beforeEach(async () => {
    visitor = await Visitor.at(stage.browser, stage.url);
  });
  afterEach(() => visitor.leave());

  const manager = () => new Browser(stage, undefined, null);
  const linkUrl = async (): Promise<string> =>
    (await manager().manage<{ url: string }>('POST', '/api/administrators/link')).body.url;
  const becomeAdministrator = async () => {
    await visitor.createAccount();
    const { body } = await manager().manage<{ users: { id: string }[] }>(
      'GET',
      `/api/users?identifier=${visitor.name}`,
    );
    await manager().manage('PUT', `/api/administrators/${body.users[0]!.id}`);
  };
  const open = async (hash: string, title: string) => {
    await visitor.page.goto(`${stage.url}/admin#${hash}`);
    await heading(title).waitFor();
  };
  const heading = (name: string) => visitor.page.getByRole('heading', { name, level: 1, exact: true });
  const confirm = (name: string) =>
    visitor.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  const anHourPasses = () =>
    stage.server.query(`UPDATE passkey.sessions SET authenticated_at = authenticated_at - interval '1 hour'`);

  it('is reached by a link, also by whoever has no account yet', async () => {
    const url = await linkUrl();
    await visitor.page.goto(url);
    await visitor.page.waitForURL(`${stage.url}/`);
    await visitor.page.goto(`${stage.url}/#create`);
    await visitor.button('Create a passkey').waitFor();
    await visitor.field().fill(visitor.name);
    await visitor.button('Create a passkey').click();
    await heading('Become an administrator').waitFor();
    expect(visitor.page.url()).not.toContain('=');
    await visitor.button('Become an administrator').click();
    await heading('Users').waitFor();
    await visitor.page.getByRole('link', { name: visitor.name, exact: true }).waitFor();
  });

  it('is led to by the account page of who has the role', async () => {
    await becomeAdministrator();
    await visitor.page.reload();
    await visitor.isOnAccountPage();
    await visitor.page.getByRole('link', { name: 'Administration' }).click();
    await heading('Users').waitFor();
  });

  it('tells whoever has not the role so, and nothing else', async () => {
    await visitor.createAccount();
    expect(await visitor.page.getByRole('link', { name: 'Administration' }).isVisible()).toBe(false);
    await open('users', 'You are no administrator');
    expect(await visitor.page.getByRole('navigation').isVisible()).toBe(false);
  });

  it('finds users, suspends and restores one, makes a recovery link, and asks for a passkey after a while', async () => {
    await becomeAdministrator();
    const username = `managed-${visitor.name}`;
    await open('users', 'Users');
    await visitor.field('Username').fill(username);
    await visitor.button('Add').click();
    await heading(username).waitFor();

    await anHourPasses();
    await visitor.device.setPresent(true);
    await visitor.button('Suspend').click();
    await confirm('Suspend');
    await visitor.button('Let in again').click();
    await visitor.button('Suspend').waitFor();
    await visitor.button('Make a recovery link').click();
    const dialog = visitor.page.getByRole('dialog', { name: 'Recovery link' });
    expect(await dialog.innerText()).toContain(`${stage.url}/#recovery-link=`);
    await dialog.getByRole('button', { name: 'Done' }).click();
    // The dialog's closing is told a moment later.
    await visitor.page.waitForFunction(() => !document.body.outerHTML.includes('recovery-link='));

    await visitor.page.getByRole('link', { name: 'Back' }).click();
    const search = visitor.field('Search by name, email address, phone number or id');
    await search.fill(username.toUpperCase());
    await visitor.button('Search').click();
    await visitor.page.locator('.items a').nth(0).waitFor();
    await visitor.page.waitForFunction(() => document.querySelectorAll('.items a').length === 1);
    await visitor.page.getByRole('link', { name: username }).click();
    await heading(username).waitFor();
    await visitor.button('Delete').click();
    await confirm('Delete');
    await visitor.isTold(`${username} is deleted.`);
  });

  it('adds an application whose secret is shown once, and a group with a member', async () => {
    await becomeAdministrator();
    await open('applications', 'Applications');
    await visitor.field('Name').fill('Grafana');
    await visitor.field('Redirect addresses, one a line').fill('javascript:0');
    await visitor.button('Add').click();
    await visitor.isTold('That is not right: redirectUris');
    await visitor.field('Redirect addresses, one a line').fill('https://grafana.example.com/login');
    await visitor.button('Add').click();
    const secret = visitor.page.getByRole('dialog', { name: 'Secret' });
    for (let press = 0; press < 4; press++) await visitor.page.keyboard.press('Escape');
    expect(await secret.locator('.code').innerText()).toMatch(/^\S{40,}$/);
    await secret.getByRole('button', { name: 'Done' }).click();
    await heading('Grafana').waitFor();
    await examine(visitor.page, 'administration-application', true);

    const group = `staff-${visitor.name}`;
    await open('groups', 'Groups');
    await visitor.field('Name').fill(group);
    await visitor.button('Add').click();
    await heading(group).waitFor();
    await visitor.field('Name, address or id of a user').fill(visitor.name);
    await visitor.button('Add').click();
    await visitor.page.getByRole('link', { name: visitor.name, exact: true }).waitFor();
    await examine(visitor.page, 'administration-group', true);
    await visitor.button(`Remove: ${visitor.name}`).click();
    await visitor.sees('There is nothing here yet.');
  });

  it('shows what is shown once, though the list that has it now can not be had', async () => {
    await becomeAdministrator();
    await open('applications', 'Applications');
    await visitor.field('Name').fill('Wiki');
    await visitor.field('Redirect addresses, one a line').fill('https://wiki.example.com/login');
    await visitor.button('Add').click();
    const shown = (name: string) => visitor.page.getByRole('dialog', { name }).locator('.code').innerText();
    const done = visitor.page.getByRole('dialog').getByRole('button', { name: 'Done' });
    await done.click();
    await heading('Wiki').waitFor();
    await visitor.page.route(/\/api\/(applications\/.*\/secrets|invitations)(\?|$)/, (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    await visitor.button('Add a secret').click();
    expect(await shown('Secret')).toMatch(/^\S{40,}$/);
    await done.click();
    await visitor.isTold('The server does not answer.');

    await visitor.page.unrouteAll();
    await open('invitations', 'Invitations');
    await visitor.page.route('**/api/invitations?*', (route) => route.abort());
    await visitor.button('Invite').click();
    expect(await shown('Invitation')).toContain('#invitation=');
    await done.click();
    await visitor.isTold('The server does not answer.');
  });

  it('shows the user that was opened last, though an earlier one is answered later', async () => {
    await becomeAdministrator();
    const add = async (username: string) =>
      (await manager().manage<{ id: string }>('POST', '/api/users', { username })).body.id;
    const [slow, quick] = [`slow-${visitor.name}`, `quick-${visitor.name}`];
    const [first, second] = [await add(slow), await add(quick)];
    await open('users', 'Users');
    let answer!: () => void;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await visitor.page.route(`**/api/users/${first}`, async (route) => {
      await answered;
      await route.continue();
    });
    const go = (hash: string) => visitor.page.evaluate((to) => (location.hash = to), hash);
    const late = visitor.page.waitForResponse(`**/api/users/${first}`);
    await go(`users/${first}`);
    await go(`users/${second}`);
    await heading(quick).waitFor();
    answer();
    await (await late).finished();
    await visitor.page.evaluate(() => fetch('/health/live'));
    expect(await visitor.page.getByRole('heading', { level: 1 }).innerText()).toBe(quick);
  });

  it('shows what happened, by type, and downloads it', async () => {
    await becomeAdministrator();
    await open('events', 'Events');
    await visitor.field('What happened').fill('administrator.added');
    await visitor.button('Show').click();
    await visitor.page.locator('.items .title').getByText('administrator.added').first().waitFor();
    await visitor.page.waitForFunction(
      () => !document.querySelector('.items')?.textContent.includes('user.signed-in'),
    );
    const download = visitor.page.waitForEvent('download');
    await visitor.page.getByRole('link', { name: 'Download all of them' }).click();
    const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ type: 'administrator.added' });
    await visitor.page.getByLabel('Outcome').selectOption('What was refused');
    await visitor.page.getByLabel('From').fill('2026-01-01T12:30');
    await visitor.button('Show').click();
    await visitor.sees('There is nothing here yet.');
    expect(await visitor.page.getByLabel('From').inputValue()).toBe('2026-01-01T12:30');
    await visitor.field('What happened').fill('no.such.thing');
    await visitor.button('Show').click();
    await visitor.isTold('That is not right: type');
  });

  it.each([390, 1280])('is accessible and fits at %i px', async (width) => {
    await becomeAdministrator();
    await visitor.page.setViewportSize({ width, height: 844 });
    await visitor.page.emulateMedia({ colorScheme: width < 1000 ? 'light' : 'dark' });
    for (const [hash, title] of [
      ['users', 'Users'],
      ['applications', 'Applications'],
      ['groups', 'Groups'],
      ['invitations', 'Invitations'],
      ['events', 'Events'],
      ['settings', 'Settings'],
    ] as const) {
      await open(hash, title);
      await examine(visitor.page, `administration-${hash}-${width}`, true);
    }
    await open('users', 'Users');
    await visitor.page.getByRole('link', { name: visitor.name, exact: true }).click();
    await heading(visitor.name).waitFor();
    await examine(visitor.page, `administration-user-${width}`, true);
  });

  it('speaks German, and English in every other language', async () => {
    await becomeAdministrator();
    await visitor.page.goto(`${stage.url}/admin?ui_locales=de#users`);
    await heading('Personen').waitFor();
    await visitor.page.goto(`${stage.url}/admin?ui_locales=ar#users`);
    await heading('Users').waitFor();
    await examine(visitor.page, 'administration-arabic');
  });
});

describe('where sign-up is by invitation', () => {
  const stage = setStage({ SIGN_UP: 'invitation', MESSENGER: 'print' });
  let visitor: Visitor;

  beforeEach(async () => {
    visitor = await Visitor.at(stage.browser, stage.url);
  });
  afterEach(() => visitor.leave());

  const heading = (name: string, { page } = visitor) =>
    page.getByRole('heading', { name, level: 1, exact: true });
  const signUpBy = async (who: Visitor) => {
    await who.button('Create a passkey').waitFor();
    await who.field().fill(who.name);
    await who.button('Create a passkey').click();
  };

  it('offers no account, and says how to get one', async () => {
    await visitor.page.goto(stage.url);
    await heading('Sign in to Test').waitFor();
    expect(await visitor.page.getByText('New here?').isVisible()).toBe(false);
    await visitor.page.goto(`${stage.url}/#create`);
    await visitor.isTold('An account can be created here with an invitation only.');
    expect(await visitor.button('Create a passkey').isVisible()).toBe(false);
    await examine(visitor.page, 'sign-up-by-invitation', true);
    await visitor.page.goto(`${stage.url}/#invitation=of-nobody&email=grace%2Bpasskeys%40example.com`);
    await visitor.button('Create a passkey').waitFor();
    expect(await visitor.field().inputValue()).toBe('grace+passkeys@example.com');
    await signUpBy(visitor);
    await visitor.isTold('That invitation was used already, or has ended.');
  });

  it('begins with an administrator, who invites somebody and sees that they came', async () => {
    const { body } = await new Browser(stage, undefined, null).manage<{ url: string }>(
      'POST',
      '/api/administrators/link',
    );
    await visitor.page.goto(body.url);
    await visitor.page.waitForURL(`${stage.url}/`);
    await visitor.page.getByRole('link', { name: 'Create an account' }).click();
    await signUpBy(visitor);
    await heading('Users').waitFor();

    await visitor.page.getByRole('link', { name: 'Groups' }).click();
    await heading('Groups').waitFor();
    await visitor.field('Name').fill('staff');
    await visitor.button('Add').click();
    await heading('staff').waitFor();
    await visitor.page.getByRole('link', { name: 'Invitations' }).click();
    await heading('Invitations').waitFor();
    await visitor.page.getByRole('checkbox', { name: 'staff' }).check();
    await visitor.field('How many accounts it may create').fill('many');
    await visitor.button('Invite').click();
    await visitor.isTold('That is not right: maxUses');
    await visitor.field('How many accounts it may create').fill('1');
    await visitor.button('Invite').click();
    const dialog = visitor.page.getByRole('dialog', { name: 'Invitation' });
    const url = await dialog.locator('.code').innerText();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await visitor.sees('Open · Used 0 of 1 times');
    for (const width of [390, 1280]) {
      await visitor.page.setViewportSize({ width, height: 844 });
      await examine(visitor.page, `administration-invitation-${width}`, true);
    }

    const invited = await Visitor.at(stage.browser, stage.url);
    await invited.page.goto(url);
    await heading('Create an account', invited).waitFor();
    expect(invited.page.url()).toBe(`${stage.url}/#create`);
    await invited.page.reload();
    await signUpBy(invited);
    await invited.isOnAccountPage();
    const groups = await stage.server.query(
      `SELECT FROM passkey.group_members m JOIN passkey.user_identifiers i USING (user_id) WHERE i.value = $1`,
      [invited.name],
    );
    expect(groups).toHaveLength(1);
    await invited.leave();

    await visitor.page.reload();
    await visitor.sees('Used up · Used 1 of 1 times');
    await visitor.page.getByRole('button', { name: /^Revoke: / }).click();
    await visitor.page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await visitor.sees('There is nothing here yet.');
  });
});

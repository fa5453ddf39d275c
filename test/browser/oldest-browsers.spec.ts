import { setStage } from './stage';
import { Visitor } from './visitor';

/** Runs in the page: takes away what a browser of two years ago lacks. test/oldest-browsers.spec.ts lists what is used. */
function growOlder(): void {
  const take = (from: object | undefined, ...names: string[]) => {
    for (const name of names) if (from) Reflect.deleteProperty(from, name);
  };
  const page = globalThis as unknown as Record<string, (object & { prototype: object }) | undefined>;
  take(
    page['PublicKeyCredential'],
    'getClientCapabilities',
    'signalUnknownCredential',
    'signalCurrentUserDetails',
    'signalAllAcceptedCredentials',
    'parseCreationOptionsFromJSON',
    'parseRequestOptionsFromJSON',
  );
  take(page['PublicKeyCredential']?.prototype, 'toJSON');
  take(page['Promise'], 'try');
  take(page['RegExp'], 'escape');
  take(page['Uint8Array'], 'fromBase64', 'fromHex');
  take(page['Uint8Array']?.prototype, 'toBase64', 'toHex', 'setFromBase64', 'setFromHex');
  take(
    page['Iterator']?.prototype,
    'map',
    'filter',
    'take',
    'drop',
    'flatMap',
    'reduce',
    'toArray',
    'forEach',
  );
  take(page['Error'], 'isError');
  take(page['Document']?.prototype, 'startViewTransition');
  take(page['Element']?.prototype, 'moveBefore', 'setHTML');
  take(page['HTMLDialogElement']?.prototype, 'requestClose', 'closedBy');
  take(page, 'Temporal', 'CloseWatcher', 'URLPattern', 'cookieStore', 'navigation', 'scheduler', 'Iterator');
}

describe('the pages, in a browser of two years ago', () => {
  const stage = setStage();
  let visitor: Visitor;

  beforeEach(async () => {
    visitor = await Visitor.at(stage.browser, stage.url);
    await visitor.page.addInitScript(growOlder);
    await visitor.page.route(/\/account$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace(/ closedby="\w+"/, '') });
    });
  });
  afterEach(() => visitor.leave());

  it('create an account, and sign in to it again', async () => {
    await visitor.createAccount();
    expect(await visitor.page.evaluate(() => 'getClientCapabilities' in PublicKeyCredential)).toBe(false);
    await visitor.passkeys().waitFor();

    await visitor.signOut();
    await visitor.device.setPresent(true);
    await visitor.button('Sign in with a passkey').click();
    await visitor.isOnAccountPage();
  });

  it('keep recovery codes on the screen, however often Escape is pressed', async () => {
    await visitor.createAccount();
    await visitor.button('Create recovery codes').click();
    await visitor.page.locator('#codes').waitFor();
    for (let press = 0; press < 4; press++) await visitor.page.keyboard.press('Escape');
    expect(await visitor.page.locator('#codes').isVisible()).toBe(true);
    await visitor.button('I have saved them').click();
    await visitor.sees('You have 10 unused codes, made today.');
  });
});

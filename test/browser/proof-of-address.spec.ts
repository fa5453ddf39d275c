import { codesSentTo } from '../support/sent-codes';
import { setStage } from './stage';
import { Visitor } from './visitor';

describe('where accounts are secret, whoever registers an address', () => {
  const stage = setStage({ ACCOUNT_ENUMERATION: 'decoy' });
  let visitor: Visitor;

  beforeEach(async () => {
    visitor = await Visitor.at(stage.browser, stage.url);
  });
  afterEach(() => visitor.leave());

  const latestCode = (value: string) => codesSentTo(stage.server, { value }).at(-1)!;

  it('is asked for a code that was sent there, and has an account and a passkey after it', async () => {
    const address = `${visitor.name}@example.com`;
    await visitor.page.goto(`${stage.url}/#create`);
    await visitor.field().fill(address);
    await visitor.button('Create a passkey').click();
    await visitor.isTold('Prove first that you are reached there');
    const field = visitor.field('Code that was sent to you');
    await field.fill('1');
    await visitor.page.keyboard.press('Enter');
    await visitor.isTold('That is not the code that was sent.');
    await visitor.button('Send another code').click();
    await visitor.isTold('Prove first that you are reached there');
    await field.fill(latestCode(address));
    await visitor.page.keyboard.press('Enter');
    await visitor.isOnAccountPage(address);
    await visitor.sees('(proved)');
  });
});

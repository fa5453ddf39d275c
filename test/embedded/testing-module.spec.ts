import { Controller, Get } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { CurrentUser, RequireSession } from 'nestjs-passkey-sign-in';
import { PasskeyTestingModule, TestBrowser } from 'nestjs-passkey-sign-in/testing';

@Controller('orders')
@RequireSession()
class OrdersController {
  @Get()
  list(@CurrentUser() { name }: CurrentUser) {
    return { of: name };
  }
}

describe('the module for tests of a host', () => {
  it('signs people in to its controllers without a browser', async () => {
    const testing = await Test.createTestingModule({
      imports: [PasskeyTestingModule.forRoot()],
      controllers: [OrdersController],
    }).compile();
    const app = testing.createNestApplication();
    await app.listen(0, '127.0.0.1');
    const browser = new TestBrowser(await app.getUrl());
    expect((await browser.call('GET', '/orders')).status).toBe(401);
    await browser.signUp({ type: 'username', value: 'alice' });
    expect((await browser.call('GET', '/orders')).body).toEqual({ of: 'alice' });
    await app.close();
  });
});

import 'reflect-metadata';
import { type CanActivate, Controller, type ExecutionContext, Get, Module, UseGuards } from '@nestjs/common';
import { UnauthorizedException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';

const { PORT = '3002', ISSUER = 'http://localhost:3000/oidc' } = process.env;
const AUDIENCE = process.env['AUDIENCE'] ?? `http://localhost:${PORT}/orders`;

const keys = createRemoteJWKSet(new URL(`${ISSUER}/jwks`));

/** Lets requests pass that bear an access token of the issuer for this API (RFC 9068). */
class AccessTokenGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context
      .switchToHttp()
      .getRequest<{ headers: { authorization?: string }; token?: JWTPayload }>();
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const expected = { issuer: ISSUER, audience: AUDIENCE, typ: 'at+jwt' };
    const { payload } = await jwtVerify(bearer, keys, expected).catch(() => {
      throw new UnauthorizedException();
    });
    request.token = payload;
    return String(payload['scope']).split(' ').includes('orders:read');
  }
}

@Controller('orders')
@UseGuards(AccessTokenGuard)
class OrdersController {
  @Get()
  list() {
    return [{ id: 1, what: 'a bicycle' }];
  }
}

@Module({ controllers: [OrdersController] })
class AppModule {}

void NestFactory.create(AppModule).then((app) => app.enableShutdownHooks().listen(PORT));

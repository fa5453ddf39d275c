import { applyDecorators, UseGuards } from '@nestjs/common';
import { ApiCookieAuth } from '@nestjs/swagger';
import { ApiController } from '../api/api-controller.decorator';
import { ApiExpectedAccount } from '../api/expected-account';
import type { RouteGroup } from '../api/route-options';
import { SessionGuard } from './session.guard';

/** A controller of the API for who is signed in (401 `auth.unauthorized` otherwise), which is asked after all that is asked of everybody. */
export const SignedInController = (path: string, tag = 'My account', group?: RouteGroup) =>
  applyDecorators(
    ApiController(path, tag, group),
    UseGuards(SessionGuard),
    ApiExpectedAccount(),
    ApiCookieAuth('session'),
  );

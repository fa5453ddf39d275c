import {
  applyDecorators,
  Controller,
  type ExecutionContext,
  SetMetadata,
  UseFilters,
  UseGuards,
  UsePipes,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiExceptionFilter } from './api-exception.filter';
import { ExchangeGuard } from './exchange.guard';
import { NoStoreGuard } from './no-store.guard';
import { OriginGuard } from './origin.guard';
import type { RouteGroup } from './route-options';
import { RequestBodyPipe } from '../validation/request-body';

const ROUTE_GROUP = Symbol('routeGroup');

const GROUP_OF_TAG: Partial<Record<string, RouteGroup>> = {
  Applications: 'management',
  Management: 'management',
  'My account': 'my-account',
  Recovery: 'recovery',
  'Step-up': 'step-up',
};

/**
 * A controller of the module, with what every one of its answers needs, in any host. Whatever versions the host has of its
 * own routes, there is one of these.
 * @param path under the contract's prefix, `api`, which a host may replace
 * @param group with which the host may leave it out: by default that of its tag, if any
 */
export const ApiController = (path: string, tag: string, group = GROUP_OF_TAG[tag]) =>
  applyDecorators(
    Controller({ path, version: VERSION_NEUTRAL }),
    SetMetadata(ROUTE_GROUP, group),
    ApiTags(tag),
    UseGuards(NoStoreGuard, ExchangeGuard, OriginGuard),
    UsePipes(RequestBodyPipe),
    UseFilters(ApiExceptionFilter),
  );

/** With which group a controller is left out; undefined of what always stays. */
export const routeGroupOf = (controller: object) =>
  Reflect.getMetadata(ROUTE_GROUP, controller) as RouteGroup | undefined;

/**
 * Whether a request is for one of the module's routes, which say themselves who may call them: for a host's global guards and
 * interceptors, to let it through.
 * @example canActivate(context: ExecutionContext) { return isPasskeyRoute(context) || this.isSignedIn(context); }
 */
export const isPasskeyRoute = (context: Pick<ExecutionContext, 'getClass'>): boolean =>
  Reflect.hasMetadata(ROUTE_GROUP, context.getClass());

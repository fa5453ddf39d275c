import { applyDecorators, Controller, UseFilters, UseGuards, UsePipes } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiExceptionFilter } from './api-exception.filter';
import { ExchangeGuard } from './exchange.guard';
import { NoStoreGuard } from './no-store.guard';
import { OriginGuard } from './origin.guard';
import { RequestBodyPipe } from '../validation/request-body';

/** A controller of the module, with what every one of its answers needs, in any host. */
export const ApiController = (path: string, tag: string) =>
  applyDecorators(
    Controller(path),
    ApiTags(tag),
    UseGuards(NoStoreGuard, ExchangeGuard, OriginGuard),
    UsePipes(RequestBodyPipe),
    UseFilters(ApiExceptionFilter),
  );

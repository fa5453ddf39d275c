import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type HttpResponse, nodeResponse } from '../ports/http-exchange';

/**
 * Answers of the API carry secrets and states of a moment: no cache may keep them. A guard lets everybody pass and,
 * unlike an interceptor, costs no observable.
 */
@Injectable()
export class NoStoreGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const response = context.switchToHttp().getResponse<HttpResponse>();
    nodeResponse(response).setHeader('cache-control', 'no-store');
    return true;
  }
}

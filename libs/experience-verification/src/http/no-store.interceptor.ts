import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { type HttpResponse, nodeResponse } from './http-exchange';

/** Answers of the API carry secrets and states of a moment: no cache may keep them. */
@Injectable()
export class NoStoreInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<HttpResponse>();
    nodeResponse(response).setHeader('cache-control', 'no-store');
    return next.handle();
  }
}

import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Exchanges } from './exchanges.service';

/**
 * Resolves the relying party of the request, for the guards and the parameter decorators after it. Lets everybody
 * pass. A guard, since the module's others need its answer: an interceptor would come too late, and middleware does
 * not know to which controllers it belongs.
 */
@Injectable()
export class ExchangeGuard implements CanActivate {
  constructor(private readonly exchanges: Exchanges) {}

  canActivate(context: ExecutionContext): true | Promise<true> {
    const exchange = this.exchanges.of(context);
    return exchange instanceof Promise ? exchange.then(() => true) : true;
  }
}

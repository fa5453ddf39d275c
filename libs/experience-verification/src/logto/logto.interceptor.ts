import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { from, type Observable, of, switchMap } from 'rxjs';
import { currentInteraction } from '../api/current-interaction';
import { exchangeOf } from '../api/exchanges.service';
import { isCopyOf } from '../api/placed-controller';
import { InteractionController } from '../interaction/interaction.controller';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import { RegistrationController } from '../registration/registration.controller';
import { LogtoFlows } from './logto-flows.service';

type Answer = { status: number; body?: unknown } | null;

const PASSKEY_PREFERRED = {
  status: 422,
  body: { code: 'user.passkey_preferred', message: 'Create a passkey before you go on.', data: null },
};

/** Answers calls of the module's own controllers that Logto's pages make otherwise; all others go on as they came. */
@Injectable()
export class LogtoInterceptor implements NestInterceptor {
  constructor(
    private readonly flows: LogtoFlows,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const answer = this.answer(context);
    if (!answer) return next.handle();
    return from(answer).pipe(
      switchMap((given) => {
        if (!given) return next.handle();
        exchangeOf(context).response.status(given.status);
        return of(given.body);
      }),
    );
  }

  private answer(context: ExecutionContext): Promise<Answer> | null {
    const [controller, handler] = [context.getClass(), context.getHandler().name];
    const { body } = context.switchToHttp().getRequest<{ body?: unknown }>();
    const is = <T>(type: abstract new (...dependencies: never[]) => T, method: keyof T) =>
      isCopyOf(controller, type) && handler === method;
    if (is(InteractionController, 'submit')) return this.submit(context);
    if (is(InteractionController, 'identify') && lacks(body, 'verificationId')) return this.identify(context);
    if (is(RegistrationController, 'create') && lacks(body, 'identifier')) return this.register(context);
    return null;
  }

  private async submit(context: ExecutionContext): Promise<Answer> {
    return (await this.flows.offersPasskey(exchangeOf(context))) ? PASSKEY_PREFERRED : null;
  }

  /** Of a sign-up: the user is made once the passkey is there. */
  private async identify(context: ExecutionContext): Promise<Answer> {
    const exchange = exchangeOf(context);
    const interactionId = await currentInteraction(exchange, this.interactions);
    return (await this.flows.newUser(exchange, interactionId)) ? { status: 201 } : null;
  }

  private async register(context: ExecutionContext): Promise<Answer> {
    const body = await this.flows.registrationOptions(exchangeOf(context));
    return body && { status: 200, body };
  }
}

const lacks = (body: unknown, member: string): boolean =>
  typeof body !== 'object' || body === null || (body as Record<string, unknown>)[member] == null;

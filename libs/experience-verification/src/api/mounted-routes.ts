import { Inject, Injectable, RequestMethod, type Type } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import type { HttpResponse } from '../ports/http-exchange';
import { ApiExceptionFilter } from './api-exception.filter';
import { type ApplicationRoute, isFor, isSameRoute, routesOf } from './application-routes';
import { placeUnder } from './placed-controller';
import { type ResolvedRouteOptions, ROUTE_OPTIONS } from './route-options';

interface FailedRequest {
  method: string;
  path: string;
  url: string;
}

type Next = (error: unknown) => void;
type ErrorHandler = (error: unknown, request: FailedRequest, response: HttpResponse, next: Next) => void;

/** The little of Fastify and of Express by which errors that come before a route are answered. */
interface Framework {
  addHook?(
    name: 'onRoute',
    hook: (route: {
      method: string | string[];
      url: string;
      errorHandler?: (error: unknown, request: FailedRequest, response: HttpResponse) => void;
    }) => void,
  ): void;
  use(handler: ErrorHandler): void;
}

/** The module's routes among those of its host. */
@Injectable()
export class MountedRoutes {
  constructor(
    private readonly modules: ModulesContainer,
    private readonly application: ApplicationConfig,
    private readonly adapterHost: HttpAdapterHost,
    @Inject(ROUTE_OPTIONS) private readonly options: ResolvedRouteOptions,
  ) {}

  /**
   * To be called once the host has said its global prefix, and before any route is made.
   * @throws Error when the host has one of the routes itself
   */
  mount(module: Type): void {
    const own = this.controllersOf((other) => other === module);
    for (const controller of own)
      placeUnder(controller, this.options.prefix, this.application.getGlobalPrefix());
    const routes = own.flatMap((controller) => routesOf(controller, this.application));
    this.refuseThoseOf(module, routes);
    this.answerEarlyErrors(routes);
  }

  private refuseThoseOf(module: Type, own: ApplicationRoute[]): void {
    const modulePathKey = `__module_path__${this.modules.applicationId}`;
    for (const { metatype, controllers } of this.modules.values()) {
      if (metatype === module) continue;
      const modulePath = Reflect.getMetadata(modulePathKey, metatype) as string | undefined;
      for (const { metatype: controller } of controllers.values()) {
        const routes = routesOf(controller as Type, this.application, modulePath);
        for (const route of routes) {
          const other = own.find((one) => isSameRoute(one, route));
          if (!other) continue;
          throw new Error(
            `prefix: ${RequestMethod[other.method]} ${route.path} is ${route.handler} of the host and ${other.handler} of the passkey module: give the module another prefix, or leave the group out by \`without\``,
          );
        }
      }
    }
  }

  private controllersOf(isMeant: (module: Type) => boolean): Type[] {
    return [...this.modules.values()]
      .filter(({ metatype }) => isMeant(metatype))
      .flatMap(({ controllers }) => [...controllers.values()].map(({ metatype }) => metatype as Type));
  }

  /** Those of body parsers and hooks, which no filter of a controller gets. */
  private answerEarlyErrors(own: ApplicationRoute[]): void {
    const filter = new ApiExceptionFilter(this.adapterHost);
    const isOwn = (methods: string | string[], path: string) =>
      own.some((route) => [methods].flat().some((method) => isFor(route, method, path)));
    const framework = this.adapterHost.httpAdapter.getInstance<Framework>();
    if (framework.addHook) {
      framework.addHook('onRoute', (route) => {
        if (!isOwn(route.method, route.url)) return;
        route.errorHandler = (error, request, response) => {
          filter.respond(error, request, response);
        };
      });
    } else {
      framework.use((error, request, response, next) => {
        if (isOwn(request.method, request.path)) filter.respond(error, request, response);
        else next(error);
      });
    }
  }
}

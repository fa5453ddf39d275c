import { RequestMethod, type Type, VERSION_NEUTRAL } from '@nestjs/common';
import { type ApplicationConfig, MetadataScanner } from '@nestjs/core';

/** A route as the application will have it. */
export interface ApplicationRoute {
  method: RequestMethod;
  /** `/api/users/:id` */
  path: string;
  /** `UsersController.get` */
  handler: string;
}

const scanner = new MetadataScanner();

const metadata = (name: string, target: object): unknown => Reflect.getMetadata(name, target);

const joined = (...paths: string[]): string =>
  `/${paths
    .flatMap((path) => path.split('/'))
    .filter(Boolean)
    .join('/')}`;

/** The routes of a controller that are there whatever version a request asks for. */
export function routesOf(
  controller: Type,
  application: ApplicationConfig,
  modulePath = '',
): ApplicationRoute[] {
  const versioning = application.getVersioning();
  const controllerVersion = metadata('__version__', controller) ?? versioning?.defaultVersion;
  const prototype = controller.prototype as object;
  return scanner.getAllMethodNames(prototype).flatMap((name) => {
    const handler = Reflect.get(prototype, name) as object;
    const paths = metadata('path', handler) as string | string[] | undefined;
    if (paths === undefined) return [];
    const version = metadata('__version__', handler) ?? controllerVersion;
    const isNeutral = version === undefined || [version].flat().includes(VERSION_NEUTRAL);
    if (versioning && !isNeutral) return [];
    const method = metadata('method', handler) as RequestMethod;
    return [metadata('path', controller) as string | string[]].flat().flatMap((controllerPath) =>
      [paths].flat().map((path) => ({
        method,
        path: withGlobalPrefix(joined(modulePath, controllerPath, path), method, application),
        handler: `${controller.name}.${name}`,
      })),
    );
  });
}

function withGlobalPrefix(path: string, method: RequestMethod, application: ApplicationConfig): string {
  const { exclude = [] } = application.getGlobalPrefixOptions();
  const isExcluded = exclude.some(
    ({ requestMethod, pathRegex }) =>
      (requestMethod === RequestMethod.ALL || requestMethod === method) && pathRegex.test(path),
  );
  return isExcluded ? path : joined(application.getGlobalPrefix(), path);
}

/** However its parameters are named. */
const shapeOf = ({ path }: ApplicationRoute): string => path.replace(/:\w+/g, ':').toLowerCase();

export const isSameRoute = (one: ApplicationRoute, other: ApplicationRoute): boolean =>
  shapeOf(one) === shapeOf(other) &&
  (one.method === other.method || [one.method, other.method].includes(RequestMethod.ALL));

/** Whether a request, by its method and path, or a route as a router tells it, is for the route. */
export const isFor = (route: ApplicationRoute, method: string, path: string): boolean =>
  RequestMethod[route.method] === method &&
  new RegExp(`^${route.path.replace(/[.~]/g, '\\$&').replace(/:\w+/g, '[^/]+')}/?$`, 'i').test(path);

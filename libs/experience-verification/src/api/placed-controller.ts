import { Controller, type Type, VERSION_NEUTRAL } from '@nestjs/common';

/** What the paths of the contract begin with. */
const CONTRACT_PREFIX = 'api';

const PATH = 'path';

const segmentsOf = (path: string): string[] => path.split('/').filter(Boolean);

/** The controller for one application, where its path may be another than elsewhere. */
export function copyOf(controller: Type): Type {
  const copy: Type = class extends (controller as Type<object>) {};
  return Object.defineProperty(copy, 'name', { value: controller.name });
}

export const isCopyOf = (controller: object, original: object): boolean =>
  Object.getPrototypeOf(controller) === original;

/** Puts a copy of a controller under `prefix`, which is not repeated where the application's own prefix ends in it. */
export function placeUnder(copy: Type, prefix: string, globalPrefix: string): void {
  const [first, ...rest] = segmentsOf(
    Reflect.getMetadata(PATH, Object.getPrototypeOf(copy) as Type) as string,
  );
  if (first !== CONTRACT_PREFIX) return;
  const isSaidAlready = `/${segmentsOf(globalPrefix).join('/')}`.endsWith(`/${prefix}`);
  const path = [...(isSaidAlready ? [] : segmentsOf(prefix)), ...rest].join('/');
  Controller({ path, version: VERSION_NEUTRAL })(copy);
}

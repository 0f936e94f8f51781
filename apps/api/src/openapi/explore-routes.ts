import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ACCESS_RULE, type AccessRule } from '../api-keys/access.js';
import { routePartsOf, type RouteParts } from './documented.js';

/** A route as its controller declares it. */
export interface ExploredRoute extends RouteParts {
  /** `ApiKeysController.list`, for messages. */
  handler: string;
  /** In lower case, as OpenAPI wants it. */
  method: string;
  /** `/v1/api-keys/{id}`. */
  path: string;
  access: AccessRule | undefined;
}

/** The controllers that modules declare. */
export function controllersOf(modules: readonly Type[]): Type[] {
  return modules.flatMap(
    (module) =>
      (Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) as Type[] | undefined) ?? [],
  );
}

/** All routes of controllers, in the order of their declaration. */
export function exploreRoutes(controllers: readonly Type[]): ExploredRoute[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as object;
    const base = metadata<string>(PATH_METADATA, controller) ?? '';
    return Object.getOwnPropertyNames(prototype).flatMap((name): ExploredRoute[] => {
      const handler: unknown = Reflect.get(prototype, name);
      if (typeof handler !== 'function') return [];
      const method = metadata<RequestMethod>(METHOD_METADATA, handler);
      if (method === undefined) return [];
      const path = metadata<string>(PATH_METADATA, handler) ?? '';
      return [
        {
          ...routePartsOf(prototype, name),
          handler: `${controller.name}.${name}`,
          method: RequestMethod[method].toLowerCase(),
          path: template(`${base}/${path}`),
          access: metadata(ACCESS_RULE, handler) ?? metadata(ACCESS_RULE, controller),
        },
      ];
    });
  });
}

function metadata<Value>(key: string, target: object): Value | undefined {
  return Reflect.getMetadata(key, target) as Value | undefined;
}

/** `v1/errors/:code` -> `/v1/errors/{code}`. */
function template(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  return `/${parts.map((part) => part.replace(/^:(.+)$/, '{$1}')).join('/')}`;
}

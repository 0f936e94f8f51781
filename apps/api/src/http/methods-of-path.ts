/** A route as the router knows it: `/v1/authorizations/:id`. */
export interface Route {
  method: string;
  path: string;
}

/**
 * The methods that a path may be asked with, in alphabetical order; none where there is no such resource.
 *
 * @param path of a request, without its query
 * @example methodsOfPath([{ method: 'GET', path: '/v1/errors/:code' }], '/v1/errors/10000'); // ['GET']
 */
export function methodsOfPath(routes: readonly Route[], path: string): string[] {
  const wanted = path.split('/');
  const methods = routes.filter((route) => matches(route.path.split('/'), wanted));
  return [...new Set(methods.map((route) => route.method))].sort();
}

function matches(pattern: readonly string[], wanted: readonly string[]): boolean {
  return (
    pattern.length === wanted.length &&
    pattern.every((part, at) => (part.startsWith(':') ? wanted[at] !== '' : part === wanted[at]))
  );
}

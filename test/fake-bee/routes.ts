import type { Answer, Call } from './answer.js';

/** A method and a path with names in braces; `{rest*}` takes all that follows. */
export type Routes = Record<string, (call: Call) => Answer | Promise<Answer>>;

/** The route that a request is for and the parts of its path; `method` when only the method differs. */
export function findRoute(
  routes: Routes,
  method: string,
  path: string,
): { run: Routes[string]; params: Record<string, string>; name: string } | 'method' | null {
  let isKnown = false;
  for (const [route, run] of Object.entries(routes)) {
    const [routeMethod, name] = route.split(' ') as [string, string];
    const match = patternOf(name).exec(path.replace(/^\/v1(?=\/)/, ''));
    if (!match) continue;
    if (routeMethod === method) return { run, params: { ...match.groups }, name };
    isKnown = true;
  }
  return isKnown ? 'method' : null;
}

function patternOf(name: string): RegExp {
  const pattern = name.replaceAll(/\{(\w+)(\*?)\}/g, (_all, part: string, rest: string) =>
    rest ? `(?<${part}>.*)` : `(?<${part}>[^/]+)`,
  );
  return new RegExp(`^${pattern}$`);
}

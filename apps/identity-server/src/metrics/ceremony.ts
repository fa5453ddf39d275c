/** Routes of ceremonies, by what ends their path; the first that fits counts. */
const CEREMONIES: [path: RegExp, ceremony: string][] = [
  [/\/sign-in-web-authn\/authentication(\/verify)?$/, 'authentication'],
  [/\/web-authn\/authentication(\/verify)?$/, 'step_up'],
  [/\/web-authn\/registration(\/verify)?$/, 'registration'],
  [/\/(recovery|verification)-code(\/verify)?$/, 'code'],
];

/** Undefined: the route is of none. */
export function ceremonyOf(route: string): { ceremony: string; step: 'options' | 'verify' } | undefined {
  const found = CEREMONIES.find(([path]) => path.test(route));
  return found && { ceremony: found[1], step: route.endsWith('/verify') ? 'verify' : 'options' };
}

export type Outcome = 'succeeded' | 'refused' | 'limited' | 'failed';

export function outcomeOf(status: number): Outcome {
  if (status === 429) return 'limited';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'succeeded';
}

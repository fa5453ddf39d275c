import type { interactionPolicy, KoaContextWithOIDC } from 'oidc-provider';
import { satisfies } from './acr';

/**
 * Whether the user has proved who they are since the application asked. An interaction, and each that follows it, carries
 * when the first began (storage/adapter.ts).
 */
function isProvedSince({ oidc }: KoaContextWithOIDC): boolean {
  const { begun } = (oidc.result ?? {}) as { begun?: number };
  return begun !== undefined && (oidc.session?.loginTs ?? 0) >= begun;
}

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(' ') : [];

/**
 * When an authorization request needs a page: the session is the module's, so every check looks at its last proof. A proof
 * that could not be better is told as it is, unless the application insists.
 */
export function policyOf(
  { base, Check, Prompt }: typeof interactionPolicy,
  unmet: (description: string) => Error,
  takesNewUsers: boolean,
): interactionPolicy.DefaultPolicy {
  const policy = base();
  const { checks } = policy.get('login') as interactionPolicy.Prompt;
  for (const reason of ['login_prompt', 'max_age', 'essential_acrs', 'essential_acr']) checks.remove(reason);
  const asks = (name: string) => (ctx: KoaContextWithOIDC) =>
    ctx.oidc.prompts.has(name) && !isProvedSince(ctx);
  checks.add(new Check('login_prompt', 'the user must sign in again', asks('login')));
  checks.add(
    new Check('max_age', 'the last sign-in is too long ago', (ctx) => {
      const { params, session } = ctx.oidc;
      const maxAge = params?.['max_age'];
      return maxAge !== undefined && !!session?.past(Number(maxAge)) && !isProvedSince(ctx);
    }),
  );
  checks.add(
    new Check('acr_values', 'a stronger proof is asked for', (ctx) => {
      const { params, session } = ctx.oidc;
      const asked = listOf(params?.['acr_values']);
      return asked.length > 0 && !satisfies(session?.acr, asked) && !isProvedSince(ctx);
    }),
  );
  checks.add(
    new Check(
      'essential_acr',
      'the proof that is asked for could not be had',
      'unmet_authentication_requirements',
      (ctx) => {
        const { essential, value, values } = ctx.oidc.claims.id_token?.['acr'] ?? {};
        const asked = listOf(values ?? value);
        if (!essential || asked.length === 0 || satisfies(ctx.oidc.session?.acr, asked)) return false;
        if (isProvedSince(ctx)) throw unmet('the user could not prove to be who they are that way');
        return true;
      },
    ),
  );
  if (takesNewUsers) {
    policy.add(
      new Prompt(
        { name: 'create', requestable: true },
        new Check('registration', 'the user is to register', 'interaction_required', asks('create')),
      ),
      0,
    );
    (policy.get('create') as interactionPolicy.Prompt).checks.remove('create_prompt');
  }
  const consent = (policy.get('consent') as interactionPolicy.Prompt).checks;
  // Claims are told of allowed scopes alone, whichever are asked for by name (findAccount).
  consent.remove('op_claims_missing');
  consent.remove('consent_prompt');
  consent.add(
    new Check('consent_prompt', 'consent is asked for', (ctx) => {
      const { params, result } = ctx.oidc;
      return listOf(params?.['prompt']).includes('consent') && !result?.consent;
    }),
  );
  // Of the operator's own applications nobody is asked for consent.
  const { check } = consent.get('native_client_prompt') as interactionPolicy.Check;
  consent.remove('native_client_prompt');
  consent.add(
    new Check(
      'native_client_prompt',
      'native applications of others ask each time',
      'interaction_required',
      (ctx) => ctx.oidc.client?.['thirdParty'] !== false && check(ctx),
    ),
  );
  return policy;
}

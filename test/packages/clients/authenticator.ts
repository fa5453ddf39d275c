/** What a page has: the DOM's own types, to which those of the document must be assignable, and from which. */
export interface Authenticator {
  register(options: PublicKeyCredentialCreationOptionsJSON): Promise<RegistrationAnswer>;
  authenticate(options: PublicKeyCredentialRequestOptionsJSON): Promise<AuthenticationAnswer>;
}

interface Answer<Response> {
  id: string;
  rawId: string;
  type: 'public-key';
  response: Response;
}

export type RegistrationAnswer = Answer<{ clientDataJSON: string; attestationObject: string }>;

export type AuthenticationAnswer = Answer<{
  clientDataJSON: string;
  authenticatorData: string;
  signature: string;
}>;

/** Makes an account, signs out and in, and tells whose account it is then. */
export type SignUpAndIn = (
  url: string,
  fetch: typeof globalThis.fetch,
  username: string,
  authenticator: Authenticator,
) => Promise<string | null | undefined>;

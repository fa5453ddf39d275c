import { base64URLStringToBuffer } from '@simplewebauthn/browser';
import type { ExtensionInputs, PrfValues } from '../api-types.ts';

/** Results of client extensions, as the browser gives them. Those of `prf` are secrets: they stay in the page. */
export interface ExtensionResults {
  /** Whether the passkey is one of the U2F API, from before WebAuthn. */
  appid?: boolean;
  credProps?: { rk?: boolean };
  prf?: { enabled?: boolean; results?: { first: ArrayBuffer; second?: ArrayBuffer } };
  largeBlob?: { supported?: boolean; written?: boolean; blob?: ArrayBuffer };
}

const toBuffers = ({ first, second }: PrfValues) => ({
  first: base64URLStringToBuffer(first),
  ...(second && { second: base64URLStringToBuffer(second) }),
});

/** The inputs with bytes in place of base64url, as `navigator.credentials` takes them. */
export function toBrowserInputs<T extends object>(inputs: T | undefined): T | undefined {
  const { prf, largeBlob, ...others } = (inputs ?? {}) as ExtensionInputs;
  return (
    inputs &&
    ({
      ...others,
      ...(prf && {
        prf: {
          ...(prf.eval && { eval: toBuffers(prf.eval) }),
          ...(prf.evalByCredential && {
            evalByCredential: Object.fromEntries(
              Object.entries(prf.evalByCredential).map(([id, values]) => [id, toBuffers(values)]),
            ),
          }),
        },
      }),
      ...(largeBlob && {
        largeBlob: {
          ...largeBlob,
          ...(largeBlob.write && { write: base64URLStringToBuffer(largeBlob.write) }),
        },
      }),
    } as T)
  );
}

/** Parts what the API is sent from what stays in the page: of the results it needs these two alone. */
export function withoutSecrets<T extends { clientExtensionResults: object }>(
  credential: T,
): { payload: T; extensionResults: ExtensionResults } {
  const extensionResults = credential.clientExtensionResults as ExtensionResults;
  const { appid, credProps } = extensionResults;
  return {
    payload: {
      ...credential,
      clientExtensionResults: { ...(appid !== undefined && { appid }), ...(credProps && { credProps }) },
    },
    extensionResults,
  };
}

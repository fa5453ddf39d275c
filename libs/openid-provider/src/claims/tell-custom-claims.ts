import type { default as Provider } from 'oidc-provider';
import { RESERVED_CLAIMS } from './claim-names';

interface Mask {
  available: Record<string, unknown>;
  result: (this: Mask) => Promise<Record<string, unknown>>;
}

/** oidc-provider tells claims whose names it was set up with; the names of custom ones are known with the user alone. */
export function tellCustomClaims(provider: Provider): void {
  const { prototype } = (provider as unknown as { Claims: { prototype: Mask } }).Claims;
  const { result } = prototype;
  prototype.result = async function (this: Mask) {
    const custom = Object.entries(this.available).filter(([name]) => !RESERVED_CLAIMS.has(name));
    return { ...Object.fromEntries(custom), ...(await result.call(this)) };
  };
}

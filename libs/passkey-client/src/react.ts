import type * as React from 'react';
import type { PasskeySignInAttributes, PasskeySignInEvents } from './element.ts';

type Listeners = { [E in keyof PasskeySignInEvents as `on${E}`]?: (event: PasskeySignInEvents[E]) => void };

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- what React's types are extended by
  namespace JSX {
    interface IntrinsicElements {
      'passkey-sign-in': React.DetailedHTMLProps<React.HTMLAttributes<HTMLElement>, HTMLElement> &
        PasskeySignInAttributes &
        Listeners;
    }
  }
}

/** What the provider's own pages say. */
export const english = {
  errorTitle: 'This did not work',
  errorHow:
    'The application’s request could not be answered. Go back to the application and start again. If that does not help, tell its support what is below.',
  errorId: 'For support:',
  signOutTitle: 'Sign out?',
  signOutHow:
    'You will be signed out here, and of the applications that you have signed in to from this browser.',
  signOut: 'Sign out',
  staySignedIn: 'Stay signed in',
  signedOutTitle: 'You are signed out',
  signedOutHow: 'You can close this page.',
  deviceTitle: 'Connect a device',
  deviceHow: 'Enter the code that your device shows.',
  deviceWrong: 'That code is not known, or too old. Look at your device and try again.',
  deviceCode: 'Code',
  continueOn: 'Continue',
  deviceConfirmTitle: 'Sign in to {name} on a device?',
  deviceConfirmHow:
    'Only if your device shows this code, and you have it before you. Whoever has the device will be signed in as you.',
  allow: 'Allow',
  refuse: 'Refuse',
  deviceDoneTitle: 'Your device is signed in',
  deviceDoneHow: '{name} goes on by itself. You can close this page.',
  terms: 'Terms',
  privacy: 'Privacy',
};

export type ProviderTexts = typeof english;

/** By BCP 47 tag. */
export type ProviderLanguages = Record<string, { direction: 'ltr' | 'rtl'; texts: ProviderTexts }>;

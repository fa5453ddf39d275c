/** What the provider's own pages say. */
export const en = {
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
};

export type Texts = typeof en;

export const de: Texts = {
  errorTitle: 'Das hat nicht geklappt',
  errorHow:
    'Die Anfrage der Anwendung konnte nicht beantwortet werden. Gehen Sie zur Anwendung zurück und beginnen Sie noch einmal. Wenn das nicht hilft, nennen Sie ihrem Support, was unten steht.',
  errorId: 'Für den Support:',
  signOutTitle: 'Abmelden?',
  signOutHow:
    'Sie werden hier abgemeldet, und in den Anwendungen, in denen Sie sich mit diesem Browser angemeldet haben.',
  signOut: 'Abmelden',
  staySignedIn: 'Angemeldet bleiben',
  signedOutTitle: 'Sie sind abgemeldet',
  signedOutHow: 'Sie können diese Seite schließen.',
  deviceTitle: 'Ein Gerät verbinden',
  deviceHow: 'Geben Sie den Code ein, den Ihr Gerät anzeigt.',
  deviceWrong:
    'Dieser Code ist nicht bekannt oder zu alt. Sehen Sie auf Ihr Gerät und versuchen Sie es noch einmal.',
  deviceCode: 'Code',
  continueOn: 'Weiter',
  deviceConfirmTitle: 'Auf einem Gerät bei {name} anmelden?',
  deviceConfirmHow:
    'Nur wenn Ihr Gerät diesen Code anzeigt und vor Ihnen steht. Wer das Gerät hat, ist dann als Sie angemeldet.',
  allow: 'Erlauben',
  refuse: 'Ablehnen',
  deviceDoneTitle: 'Ihr Gerät ist angemeldet',
  deviceDoneHow: '{name} macht von selbst weiter. Sie können diese Seite schließen.',
};

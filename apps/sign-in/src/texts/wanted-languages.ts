import { chosenLanguage } from './chosen-language';

/** In the address, as OpenID Connect names it: languages in the order of preference, separated by spaces. */
const UI_LOCALES = 'ui_locales';

/** What the person chose, then what the address asked for, here or earlier in this tab, then what the browser is set to. */
export function wantedLanguages(): string[] {
  const asked = new URLSearchParams(location.search).get(UI_LOCALES);
  if (asked !== null) sessionStorage.setItem(UI_LOCALES, asked);
  return [
    ...chosenLanguage(),
    ...(sessionStorage.getItem(UI_LOCALES)?.split(' ') ?? []),
    ...navigator.languages,
  ];
}

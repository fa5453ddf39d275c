/** In the address, as OpenID Connect names it: languages in the order of preference, separated by spaces. */
const UI_LOCALES = 'ui_locales';

/** What the address asked for, here or earlier in this tab, and then what the browser is set to. */
export function wantedLanguages(): string[] {
  const asked = new URLSearchParams(location.search).get(UI_LOCALES);
  if (asked !== null) sessionStorage.setItem(UI_LOCALES, asked);
  return [...(sessionStorage.getItem(UI_LOCALES)?.split(' ') ?? []), ...navigator.languages];
}

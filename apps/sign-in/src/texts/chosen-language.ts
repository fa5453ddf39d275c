/** In a cookie, so that the server's own pages are in it too. */
const COOKIE = 'language';
const A_YEAR = 365 * 24 * 60 * 60;

export const chosenLanguage = (): string[] =>
  document.cookie
    .split('; ')
    .filter((cookie) => cookie.startsWith(`${COOKIE}=`))
    .map((cookie) => cookie.slice(COOKIE.length + 1));

export function chooseForGood(language: string): void {
  document.cookie = `${COOKIE}=${language}; path=/; max-age=${A_YEAR}; samesite=lax`;
}

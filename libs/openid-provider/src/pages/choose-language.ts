/** A language that there is, and the locale for which it was chosen: `de` for `de-AT`. */
export interface Choice {
  language: string;
  locale: string;
}

/**
 * The first of the wanted languages that there is, otherwise English. A language stands in for its regional forms
 * (RFC 4647, section 3.4), and a script for the regions that write in it: `zh-Hant` for `zh-TW`.
 */
export function chooseLanguage(wanted: readonly string[], available: readonly string[]): Choice {
  for (const locale of wanted.flatMap(canonical)) {
    for (const written of [locale, new Intl.Locale(locale).maximize().toString()]) {
      for (let tag = written; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
        if (available.includes(tag)) return { language: tag, locale };
      }
    }
  }
  return { language: 'en', locale: 'en' };
}

/** The tag in its one spelling, or nothing when it is none. */
function canonical(tag: string): string[] {
  try {
    return Intl.getCanonicalLocales(tag);
  } catch {
    return [];
  }
}

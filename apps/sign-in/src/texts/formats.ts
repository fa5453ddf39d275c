/** Texts by the plural rules of a language, each with `#` where the number stands. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** What the texts of a language are made with, in the manner of a locale: `de-AT` of German, say. */
export interface Formats {
  /** The form for so many, with the number in it. */
  counted: (count: number, forms: PluralForms) => string;
  /** `today`, `yesterday`, or null for a day before. */
  recentDay: (daysAgo: number) => string | null;
  date: (date: Date) => string;
  time: (date: Date) => string;
}

export function formatsOf(locale: string): Formats {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const days = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  return {
    counted: (count, forms) =>
      (forms[plurals.select(count)] ?? forms.other).replace('#', numbers.format(count)),
    recentDay: (daysAgo) => (daysAgo > 1 ? null : days.format(-Math.max(0, daysAgo), 'day')),
    date: (date) => dates.format(date),
    time: (date) => times.format(date),
  };
}

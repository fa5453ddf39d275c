/**
 * Why a column of type jsonb can't hold it: U+0000 and lone surrogates, which JSON escapes, are no text to PostgreSQL. Null when
 * it can.
 */
export const whyNoJsonb = (json: string): string | null =>
  /\\u(0000|d[89a-f])/.test(json) ? 'must be Unicode text' : null;

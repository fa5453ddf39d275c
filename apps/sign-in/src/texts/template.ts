import { type Formats, formatsOf, type PluralForms } from './formats';

/** Texts as JSON has them: `{1}` stands for the first value that a text is given, and a number chooses among forms. */
export interface Template {
  [name: string]: string | PluralForms | Template;
}

type Text = (...values: (string | number)[]) => string;
export type Texts = { [name: string]: string | Text | Texts };

const isTexts = (value: Texts[string]): value is Texts => typeof value === 'object';

/** What somebody who writes a language as JSON begins with. */
export function toTemplate(language: (formats: Formats) => object): Template {
  const inForm = (form: 'one' | 'other') =>
    language({ ...formatsOf('en'), counted: (_count, forms) => forms[form] ?? forms.other }) as Texts;
  const write = (one: Texts, other: Texts): Template => {
    const template: Template = {};
    for (const [name, text] of Object.entries(other)) {
      const singular = one[name];
      if (typeof text === 'string') template[name] = text;
      else if (isTexts(text)) template[name] = write(singular as Texts, text);
      else {
        const places = Array.from({ length: text.length }, (_, index) => `{${index + 1}}`);
        const forms = { one: (singular as Text)(...places), other: text(...places) };
        template[name] = forms.one === forms.other ? forms.other : forms;
      }
    }
    return template;
  };
  return write(inForm('one'), inForm('other'));
}

/** `texts` in the words of a template, where it has any. */
export function fromTemplate(texts: Texts, template: Template, formats: Formats): Texts {
  const made: Texts = {};
  for (const [name, text] of Object.entries(texts)) {
    const written = template[name];
    if (written === undefined) made[name] = text;
    else if (isTexts(text)) made[name] = fromTemplate(text, written as Template, formats);
    else if (typeof text === 'string') made[name] = written;
    else {
      made[name] = (...values) => {
        const form =
          typeof written === 'string' ? written : formats.counted(Number(values[0]), written as PluralForms);
        return form.replace(/\{(\d)\}/g, (_all, place: string) => String(values[Number(place) - 1] ?? ''));
      };
    }
  }
  return made;
}

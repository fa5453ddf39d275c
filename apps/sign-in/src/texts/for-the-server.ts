import english, { messages, provider } from '../languages/en';
import { type Formats, formatsOf } from './formats';
import type { Direction, MessageTexts, ProviderTexts } from './messages';
import { toTemplate } from './template';

interface LanguageFile {
  default: (formats: Formats) => { direction: Direction };
  provider: ProviderTexts;
  messages: MessageTexts;
}

const files = import.meta.glob<LanguageFile>('../languages/*.ts', { eager: true });

/** What the build writes down for the server: an operator's language is compared with `template`. */
export const forTheServer = {
  template: { ...toTemplate(english), provider, messages },
  languages: Object.fromEntries(
    Object.entries(files).map(([path, { default: texts, provider, messages }]) => {
      const language = path.slice('../languages/'.length, -'.ts'.length);
      return [language, { direction: texts(formatsOf(language)).direction, texts: provider, messages }];
    }),
  ),
};

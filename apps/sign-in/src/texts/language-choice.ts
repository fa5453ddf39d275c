import { chooseForGood } from './chosen-language';

/** Each by its own name, as who reads it looks for it. */
export function offerLanguages(languages: string[], inUse: string): void {
  const select = document.querySelector<HTMLSelectElement>('#language');
  if (!select) return;
  const named = languages.map((language) => {
    const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
    return { language, name: name.charAt(0).toLocaleUpperCase(language) + name.slice(1) };
  });
  for (const { language, name } of named.toSorted((one, other) => one.name.localeCompare(other.name))) {
    const option = new Option(name, language, false, language === inUse);
    option.lang = language;
    select.append(option);
  }
  select.addEventListener('change', () => {
    chooseForGood(select.value);
    location.reload();
  });
}

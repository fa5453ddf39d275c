import { textElement } from '../pages/elements';
import { signUpText } from './invitations-view';
import { call } from './management';
import { facts, item, list, part, type Show } from './parts';
import { words } from './texts';

interface Settings {
  id: string;
  tenant: string;
  name: string;
  origins: string[];
  signUp: string;
  policy: Record<string, unknown>;
  branding: {
    name: string;
    colors: Record<string, Record<string, string>>;
    radius: number;
    termsUri: string | null;
    privacyUri: string | null;
    css: boolean;
  };
  managementTokens: { name: string; scopes: string[]; everywhere: boolean }[];
}

const valueOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(', ') || words.none
    : typeof value === 'boolean'
      ? yesOrNo(value)
      : String(value);

const yesOrNo = (value: boolean): string => (value ? words.yes : words.no);

/** A piece of a page as it looks in a scheme, whatever the browser's is. */
function previewOf({ branding: { name, colors, radius } }: Settings, scheme: string): HTMLElement {
  const made = document.createElement('div');
  made.className = 'preview';
  for (const [color, value] of Object.entries(colors[scheme] ?? {})) {
    made.style.setProperty(`--${color.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`, value);
  }
  made.style.setProperty('--radius', `${radius}px`);
  const card = document.createElement('div');
  const button = textElement('span', words.preview.button);
  button.className = 'preview-button';
  const link = textElement('span', words.preview.link);
  link.className = 'preview-link';
  card.append(
    textElement('strong', name || words.preview.title),
    textElement('p', words.preview.text),
    button,
    link,
  );
  made.append(textElement('p', words.schemes[scheme] ?? scheme), card);
  return made;
}

/** Read only: it is changed where it is configured. */
export async function showSettings(show: Show): Promise<void> {
  const settings = await call<Settings>('GET', '/api/settings');
  const { id, tenant, name, origins, signUp, policy, branding, managementTokens } = settings;
  const previews = document.createElement('div');
  previews.className = 'previews';
  previews.append(...['light', 'dark'].map((scheme) => previewOf(settings, scheme)));
  show(
    words.settings,
    textElement('p', words.settingsHow),
    part(
      words.relyingParty,
      facts(
        [words.id, id],
        [words.tenant, tenant],
        [words.name, name],
        [words.origins, origins.join(', ')],
        [words.signUp, signUpText(signUp)],
      ),
    ),
    part(
      words.branding,
      facts(
        [words.terms, branding.termsUri],
        [words.privacy, branding.privacyUri],
        [words.ownStyles, yesOrNo(branding.css)],
      ),
      previews,
    ),
    part(
      words.policy,
      facts(...Object.entries(policy).map(([key, value]): [string, string] => [key, valueOf(value)])),
    ),
    part(
      words.tokens,
      list(
        managementTokens.map((token) =>
          item(
            token.name,
            [token.scopes.join(', '), token.everywhere ? words.everywhere : ''].filter(Boolean),
          ),
        ),
      ),
    ),
  );
}

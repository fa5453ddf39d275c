import { ApiError, type MyApplication } from 'passkey-sign-in-client';
import { passkeys } from '../passkey-client';
import { texts } from '../texts/texts';
import { change } from './change';
import { element, textElement } from './elements';
import { dayText } from './passkey-text';

/** Applications that the user signs in to; the section is there once there is one. */
export async function showApplications(): Promise<void> {
  const applications = await listApplications();
  element('applications', HTMLUListElement).replaceChildren(...applications.map(applicationItem));
  element('applications-section', HTMLElement).hidden = applications.length === 0;
}

/** None where the server is no OpenID Provider. */
async function listApplications(): Promise<MyApplication[]> {
  try {
    return await passkeys.api.listApplications();
  } catch (error) {
    if (error instanceof ApiError && error.code === 'request.not_found') return [];
    throw error;
  }
}

/** What the scope lets an application do, in words. */
export const scopeText = (scope: string): string => {
  const { scopes, otherScope } = texts.authorization;
  const named: Record<string, string | undefined> = scopes;
  return named[scope] ?? otherScope(scope);
};

function applicationItem({ id, name, scopes, lastUsedAt, firstUsedAt }: MyApplication): HTMLLIElement {
  const { lastUsed, disconnect } = texts.applications;
  const button = textElement('button', disconnect.button);
  button.type = 'button';
  button.setAttribute('aria-label', disconnect.accessibleName(name));
  button.addEventListener('click', () => {
    if (!confirm(disconnect.sure(name))) return;
    void change(button, () => disconnectAndShow(id), texts.news.disconnected(name));
  });
  const actions = document.createElement('div');
  actions.className = 'actions';
  actions.append(button);
  const text = document.createElement('div');
  const lines = [scopes.map(scopeText).join(' · '), lastUsed(dayText(lastUsedAt), dayText(firstUsedAt))];
  text.append(textElement('h3', name), ...lines.map((line) => textElement('p', line)));
  const item = document.createElement('li');
  item.className = 'passkey';
  item.append(text, actions);
  return item;
}

async function disconnectAndShow(id: string): Promise<void> {
  await passkeys.api.disconnectApplication(id);
  await showApplications();
}

import type { Passkey, Session } from 'passkey-sign-in-client';
import { passkeys } from '../passkey-client';
import { texts } from '../texts/texts';
import { change } from './change';
import { element, onClick, textElement } from './elements';
import { dayText, titleOf } from './passkey-text';

/**
 * @param known the passkeys, by which a session was opened
 * @returns the sessions
 */
export async function showSessions(known: Passkey[]): Promise<Session[]> {
  const sessions = await passkeys.api.listSessions();
  const items = sessions.map((session) => sessionItem(session, known));
  element('sessions', HTMLUListElement).replaceChildren(...items);
  element('end-other-sessions', HTMLButtonElement).hidden = sessions.length < 2;
  return sessions;
}

function sessionItem(session: Session, known: Passkey[]): HTMLLIElement {
  const item = document.createElement('li');
  item.className = 'passkey';
  const text = document.createElement('div');
  text.append(textElement('h3', nameOf(session)));
  text.append(...describe(session, known).map((line) => textElement('p', line)));
  item.append(text);
  if (!session.current) item.append(endButton(session, known));
  return item;
}

const nameOf = ({ browser }: Session): string => browser ?? texts.sessions.unknownBrowser;

function describe(
  { current, lastSeenAt, createdAt, address, passkeyId, amr }: Session,
  known: Passkey[],
): string[] {
  const { here, lastSeen, from, withPasskey, withCode } = texts.sessions;
  const passkey = known.find(({ id }) => id === passkeyId);
  const means = passkey ? withPasskey(titleOf(passkey)) : amr.includes('otp') ? withCode : '';
  return [
    current ? here : lastSeen(dayText(lastSeenAt), dayText(createdAt)),
    means,
    address === null ? '' : from(address),
  ].filter(Boolean);
}

function endButton(session: Session, known: Passkey[]): HTMLDivElement {
  const { button, accessibleName } = texts.sessions.end;
  const made = textElement('button', button);
  made.type = 'button';
  made.setAttribute('aria-label', accessibleName(nameOf(session)));
  made.addEventListener('click', () => {
    const end = () => passkeys.api.endSession(session.id);
    void ending(made, end, texts.news.sessionEnded(nameOf(session)), known);
  });
  const actions = document.createElement('div');
  actions.className = 'actions';
  actions.append(made);
  return actions;
}

async function ending(
  button: HTMLButtonElement,
  end: () => Promise<unknown>,
  news: string,
  known: Passkey[],
): Promise<void> {
  const endAndShow = async () => {
    await end();
    await showSessions(known);
  };
  await change(button, endAndShow, news);
  element('sessions-title', HTMLHeadingElement).focus();
}

/** @param knownPasskeys as they are by then */
export function startSessions(knownPasskeys: () => Passkey[]): void {
  onClick('end-other-sessions', (button) =>
    ending(button, passkeys.api.endOtherSessions, texts.news.otherSessionsEnded, knownPasskeys()),
  );
}

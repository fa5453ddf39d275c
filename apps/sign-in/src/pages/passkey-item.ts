import type { Passkey } from 'passkey-sign-in-client';
import { texts } from '../texts/texts';
import { textElement } from './elements';
import { describe, describeUse, titleOf, warnings } from './passkey-text';

export type PasskeyAction = 'rename' | 'upgrade' | 'delete';

/** The list item of a passkey. */
export function passkeyItem(
  passkey: Passkey,
  on: Record<PasskeyAction, (passkey: Passkey) => unknown>,
): HTMLLIElement {
  const item = document.createElement('li');
  item.className = 'passkey';
  const text = document.createElement('div');
  text.append(textElement('h3', titleOf(passkey)), textElement('p', describe(passkey)));
  text.append(textElement('p', describeUse(passkey)));
  for (const warning of warnings(passkey)) {
    const line = textElement('p', warning);
    line.className = 'warning';
    text.append(line);
  }
  const actions = document.createElement('div');
  actions.className = 'actions';
  const offered: PasskeyAction[] =
    passkey.discoverable === false ? ['rename', 'upgrade', 'delete'] : ['rename', 'delete'];
  actions.append(...offered.map((action) => actionButton(action, passkey, on[action])));
  item.append(iconOf(passkey), text, actions);
  return item;
}

function actionButton(
  action: PasskeyAction,
  passkey: Passkey,
  act: (passkey: Passkey) => unknown,
): HTMLButtonElement {
  const { button, accessibleName } = texts.passkey[action];
  const made = textElement('button', button);
  made.type = 'button';
  made.setAttribute('aria-label', accessibleName(titleOf(passkey)));
  made.addEventListener('click', () => void act(passkey));
  return made;
}

/** The provider's picture, or a key. */
function iconOf({ provider }: Passkey): Element {
  if (!provider?.icon?.startsWith('data:image/')) return keyIcon();
  const image = new Image(24, 24);
  image.src = provider.icon;
  image.alt = '';
  const frame = document.createElement('span');
  frame.className = 'icon';
  frame.append(image);
  return frame;
}

function keyIcon(): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const attributes = { viewBox: '0 0 24 24', width: '22', height: '22', 'aria-hidden': 'true' };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M11.5 12a4.5 4.5 0 1 1-9 0a4.5 4.5 0 1 1 9 0h10v4M17 12v3');
  svg.append(path);
  return svg;
}

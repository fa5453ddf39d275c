/** An element that the page's HTML has. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${type.name} #${id}`);
}

/** A new element with that text. */
export function textElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text: string,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

export function onClick(id: string, act: (button: HTMLButtonElement) => unknown): void {
  const button = element(id, HTMLButtonElement);
  button.addEventListener('click', () => void act(button));
}

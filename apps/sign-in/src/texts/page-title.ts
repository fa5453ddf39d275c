/** The product's, which the server writes into the page where it has one. */
export const product = document.querySelector<HTMLMetaElement>('meta[name=application-name]')?.content;

export function setTitle(text: string): void {
  document.title = product === undefined ? text : `${text} · ${product}`;
}

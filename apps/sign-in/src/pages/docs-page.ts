import SwaggerUI, { type System } from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import { SERVER } from '../addresses';

/** What has no name for who hears the page, another than the one that is seen, or can't be scrolled by the keyboard. */
const MENDED: [selector: string, attribute: string, value: string | null][] = [
  ['.servers select', 'aria-label', 'Server'],
  ['.examples-select-element', 'aria-label', 'Example'],
  ['.content-type', 'aria-label', 'Media type'],
  ['.body-param__text', 'aria-label', 'Request body'],
  ['.modal-ux', 'role', 'dialog'],
  ['.modal-ux', 'aria-label', 'Authorizations'],
  ['.close-modal', 'aria-label', 'Close'],
  ['.modal-btn.auth', 'aria-label', null],
  ['.auth-container h6', 'aria-level', '5'],
  ['pre.microlight', 'tabindex', '0'],
];

function mend(): void {
  for (const [selector, attribute, value] of MENDED) {
    for (const element of document.querySelectorAll(selector)) {
      if (value === null) element.removeAttribute(attribute);
      else if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
    }
  }
}

/** Its own layout has what comes before the operations in no landmark, and headings that leave out a level. */
const inLandmarks = ({ React: { createElement } }: System) => ({
  components: {
    Page: ({ getComponent }: System) => {
      const part = (name: string, isContainer = true) => createElement(getComponent(name, isContainer));
      return createElement(
        'main',
        { className: 'swagger-ui' },
        part('SvgAssets', false),
        part('errors'),
        part('InfoContainer'),
        createElement('h2', null, 'Operations'),
        createElement(
          'div',
          { className: 'scheme-container' },
          part('ServersContainer'),
          part('AuthorizeBtnContainer'),
        ),
        part('operations'),
        part('Models'),
      );
    },
    // It stands in the button that opens the operation, which is in the address then.
    DeepLink: ({ text }: { text: string }) => createElement('span', null, text),
  },
});

new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });

// Nothing of what is typed in here is kept: a token is gone with the page.
SwaggerUI({
  domNode: document.getElementById('docs'),
  url: `${SERVER}/openapi.json`,
  plugins: [inLandmarks],
  layout: 'Page',
  deepLinking: true,
  // Of all operations at once, a telephone is slow to make a page.
  docExpansion: 'none',
  withCredentials: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  syntaxHighlight: false,
  validatorUrl: null,
});

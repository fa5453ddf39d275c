import { type Branding, type BrandingColors, COLOR_SCHEMES } from '../webauthn/branding';
import { contrastOf, mixed } from './contrast';

/** Away from the colour of what is read on it. */
const hoverOf = ({ accent, accentText }: BrandingColors): string => {
  const [one, other] = ['#000000', '#ffffff'].map((shade) => mixed(accent, shade, 0.15)) as [string, string];
  return contrastOf(one, accentText) > contrastOf(other, accentText) ? one : other;
};

const propertiesOf = (colors: BrandingColors): string =>
  Object.entries({ ...colors, accentHover: hoverOf(colors) })
    .map(([name, color]) => `--${name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}:${color}`)
    .join(';');

/** The custom properties of a page, and then the operator's own styles. */
export function brandingStyle({ colors, radius, css }: Branding): string {
  const [light, dark] = COLOR_SCHEMES.map((scheme) => propertiesOf(colors[scheme]));
  return `:root{${light};--radius:${radius}px}@media (prefers-color-scheme:dark){:root{${dark}}}\n${css}`;
}

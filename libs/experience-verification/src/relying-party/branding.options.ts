import { isObject } from 'class-validator';
import {
  type Branding,
  BRANDING_IMAGE_TYPES,
  type BrandingColors,
  type BrandingImage,
  COLOR_SCHEMES,
  type ColorScheme,
  DEFAULT_COLORS,
} from '../webauthn/branding';
import type { RelyingParty } from '../webauthn/relying-party';
import { contrastOf, LEAST_CONTRAST, readable, textOn } from './contrast';

/** How a product looks, as a host says it. Colours are `#rgb` or `#rrggbb`. */
export interface BrandingOptions {
  /** Default: the relying party's. */
  name?: string;
  /** `dark` is for dark pages; default: the same. */
  logo?: { light: BrandingImage; dark?: BrandingImage };
  /**
   * Those that are not said are the default's; of the accent follow the text on it, links, and the accent of the other scheme,
   * so that they can be read.
   */
  colors?: Partial<Record<ColorScheme, Partial<BrandingColors>>>;
  /** CSS pixels, from 0 to 32. Default 12. */
  radius?: number;
  termsUri?: string;
  privacyUri?: string;
  css?: string;
}

type Members = Record<string, unknown>;

const MEMBERS = ['name', 'logo', 'colors', 'radius', 'termsUri', 'privacyUri', 'css'];
const COLORS = Object.keys(DEFAULT_COLORS.light);

const DEFAULT_RADIUS = 12;
const MOST_RADIUS = 32;
const MOST_NAME = 64;
const MOST_BYTES = 256 * 1024;

/** What is read on what. */
const READ_ON: [keyof BrandingColors, (keyof BrandingColors)[]][] = [
  ['text', ['background', 'surface', 'field']],
  ['quiet', ['background', 'surface']],
  ['accentText', ['accent']],
  ['link', ['background', 'surface']],
  ['danger', ['surface']],
  ['problemText', ['problem']],
  ['newsText', ['news']],
];

/**
 * @param name of the relying party
 * @throws AggregateError with an error for each wrong member, which names it
 */
export function toBranding(options: BrandingOptions, name: string): Branding {
  refuse(problemsOf(options));
  const { logo, radius = DEFAULT_RADIUS, termsUri, privacyUri, css = '' } = options;
  const colors = toColors(options.colors ?? {});
  refuse(COLOR_SCHEMES.flatMap((scheme) => unreadable(scheme, colors[scheme])));
  return {
    name: options.name?.trim() ?? name,
    logo: logo ? { light: logo.light, dark: logo.dark ?? logo.light } : null,
    ...{ colors, radius, termsUri, privacyUri },
    // As a browser reads it before it takes the hash.
    css: css.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n'),
  };
}

/** Of a relying party that a host may have made itself. */
export const brandingOf = ({ branding, name }: Pick<RelyingParty, 'branding' | 'name'>): Branding =>
  branding ?? toBranding({}, name);

function refuse(problems: string[]): void {
  if (problems.length === 0) return;
  throw new AggregateError(
    problems.map((problem) => new Error(problem)),
    `branding: ${problems.join('; ')}`,
  );
}

const unknownIn = (value: Members, known: readonly string[], path = ''): string[] =>
  Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => `"${path}${name}" is not known; known are ${known.join(', ')}`);

/** Of what comes from a file, which no compiler has seen. */
function problemsOf(options: unknown): string[] {
  if (!isObject<Members>(options)) return ['must be an object'];
  const { name, logo, colors, radius, css } = options;
  const problems = unknownIn(options, MEMBERS);
  const must = (member: string, isRight: boolean, what: string) => {
    if (options[member] !== undefined && !isRight)
      problems.push(`"${member}" must be ${what}, is ${JSON.stringify(options[member])}`);
  };
  must(
    'name',
    typeof name === 'string' && isName(name),
    `a text of at most ${MOST_NAME} characters without control characters`,
  );
  must(
    'radius',
    typeof radius === 'number' && radius >= 0 && radius <= MOST_RADIUS,
    `a number of pixels from 0 to ${MOST_RADIUS}`,
  );
  for (const member of ['termsUri', 'privacyUri']) must(member, isAddress(options[member]), 'an https URL');
  if (css !== undefined) problems.push(...problemsOfCss(css));
  if (logo !== undefined) problems.push(...problemsOfLogo(logo));
  if (colors !== undefined) problems.push(...problemsOfColors(colors));
  return problems;
}

const isName = (name: string): boolean => name.length <= MOST_NAME && !/\p{Cc}/u.test(name);

const isAddress = (value: unknown): boolean =>
  typeof value === 'string' && URL.canParse(value) && new URL(value).protocol === 'https:';

function problemsOfCss(css: unknown): string[] {
  if (typeof css !== 'string') return ['"css" must be a text'];
  if (Buffer.byteLength(css) > MOST_BYTES) return ['"css" must be of at most 256 KB'];
  // It stands in the page.
  return /<\/style/i.test(css) ? ['"css" must not have "</style" in it'] : [];
}

function problemsOfLogo(logo: unknown): string[] {
  if (!isObject<Members>(logo) || logo['light'] === undefined) return ['"logo" must have "light"'];
  const problems = unknownIn(logo, COLOR_SCHEMES, 'logo.');
  for (const scheme of COLOR_SCHEMES) {
    const image = logo[scheme] as BrandingImage | undefined;
    if (image === undefined) continue;
    const { length } = image.content;
    if (!BRANDING_IMAGE_TYPES.includes(image.type))
      problems.push(`"logo.${scheme}" must be one of ${BRANDING_IMAGE_TYPES.join(', ')}`);
    else if (length === 0 || length > MOST_BYTES)
      problems.push(`"logo.${scheme}" must be of at most 256 KB, and not empty`);
  }
  return problems;
}

function problemsOfColors(colors: unknown): string[] {
  if (!isObject<Members>(colors)) return ['"colors" must be an object with "light" and "dark"'];
  return [
    ...unknownIn(colors, COLOR_SCHEMES, 'colors.'),
    ...COLOR_SCHEMES.flatMap((scheme) => {
      const ofScheme = colors[scheme];
      if (ofScheme === undefined) return [];
      const path = `colors.${scheme}`;
      if (!isObject<Members>(ofScheme)) return [`"${path}" must be an object of colours`];
      return [
        ...unknownIn(ofScheme, COLORS, `${path}.`),
        ...Object.entries(ofScheme)
          .filter(([name, color]) => COLORS.includes(name) && !isColor(color))
          .map(([name, color]) => `"${path}.${name}" must be #rgb or #rrggbb, is ${JSON.stringify(color)}`),
      ];
    }),
  ];
}

const isColor = (value: unknown): boolean =>
  typeof value === 'string' && /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(value);

/** `#rrggbb` */
const inFull = (color: string): string =>
  (color.length === 4 ? color.replaceAll(/[0-9a-f]/gi, '$&$&') : color).toLowerCase();

function toColors(given: NonNullable<BrandingOptions['colors']>): Branding['colors'] {
  const accents = { light: given.light?.accent, dark: given.dark?.accent };
  return {
    light: colorsOf('light', given.light ?? {}, accents.dark),
    dark: colorsOf('dark', given.dark ?? {}, accents.light),
  };
}

/** @param otherAccent of the other scheme, where one is given */
function colorsOf(
  scheme: ColorScheme,
  given: Partial<BrandingColors>,
  otherAccent: string | undefined,
): BrandingColors {
  const said = Object.fromEntries(Object.entries(given).map(([name, color]) => [name, inFull(color)]));
  const colors: BrandingColors = { ...DEFAULT_COLORS[scheme], ...said };
  if (given.surface !== undefined && given.field === undefined) colors.field = colors.surface;
  const grounds = [colors.background, colors.surface];
  if (otherAccent !== undefined && given.accent === undefined)
    colors.accent = readable(inFull(otherAccent), grounds, colors.text);
  if (colors.accent === DEFAULT_COLORS[scheme].accent) return colors;
  if (given.accentText === undefined) colors.accentText = textOn(colors.accent);
  if (given.link === undefined) colors.link = readable(colors.accent, grounds, colors.text);
  return colors;
}

function unreadable(scheme: ColorScheme, colors: BrandingColors): string[] {
  return READ_ON.flatMap(([name, grounds]) =>
    grounds
      .filter((ground) => contrastOf(colors[name], colors[ground]) < LEAST_CONTRAST)
      .map((ground) => {
        // Rounded down: 4.5 would be enough.
        const contrast = Math.floor(contrastOf(colors[name], colors[ground]) * 100) / 100;
        return `"colors.${scheme}.${name}" ${colors[name]} on "${ground}" ${colors[ground]} has a contrast of ${contrast}:1: text needs ${LEAST_CONTRAST}:1`;
      }),
  );
}

/** Colours by what they are of, each `#rrggbb`. In CSS they are custom properties: `accentText` is `--accent-text`. */
export interface BrandingColors {
  /** Of the button that leads on. */
  accent: string;
  accentText: string;
  link: string;
  /** Of the page, around its card. */
  background: string;
  /** Of the card, and of dialogs. */
  surface: string;
  /** Of what is typed into. */
  field: string;
  text: string;
  /** Of explanations. */
  quiet: string;
  line: string;
  danger: string;
  problem: string;
  problemText: string;
  news: string;
  newsText: string;
}

export const COLOR_SCHEMES = ['light', 'dark'] as const;
export type ColorScheme = (typeof COLOR_SCHEMES)[number];

export const BRANDING_IMAGE_TYPES = ['image/svg+xml', 'image/png', 'image/jpeg', 'image/webp'] as const;

export interface BrandingImage {
  type: (typeof BRANDING_IMAGE_TYPES)[number];
  content: Uint8Array;
}

/** How a product looks: on pages, and in messages to owners of accounts. */
export interface Branding {
  /** Of the product, as plain text. Empty: pages bear none. */
  name: string;
  /** Null: there is none. */
  logo: Record<ColorScheme, BrandingImage> | null;
  colors: Record<ColorScheme, BrandingColors>;
  /** CSS pixels: of buttons and fields; cards and dialogs have more of it. */
  radius: number;
  /** https addresses of the product's terms of service and privacy policy. */
  termsUri?: string;
  privacyUri?: string;
  /** The operator's own, after all other styles. */
  css: string;
}

export const DEFAULT_COLORS: Readonly<Record<ColorScheme, Readonly<BrandingColors>>> = {
  light: {
    accent: '#3a4fd8',
    accentText: '#ffffff',
    link: '#3a4fd8',
    background: '#f3f4f8',
    surface: '#ffffff',
    field: '#ffffff',
    text: '#191b24',
    quiet: '#565b6e',
    line: '#cfd3e0',
    danger: '#b3261e',
    problem: '#fdeceb',
    problemText: '#8c1d18',
    news: '#e9f3ec',
    newsText: '#1d5b34',
  },
  dark: {
    accent: '#aab6ff',
    accentText: '#10163f',
    link: '#aab6ff',
    background: '#101218',
    surface: '#1a1d27',
    field: '#12141c',
    text: '#eceef6',
    quiet: '#a9afc3',
    line: '#3a4054',
    danger: '#ffb4ab',
    problem: '#3b1c1d',
    problemText: '#ffc9c3',
    news: '#16301f',
    newsText: '#b4e6c6',
  },
};

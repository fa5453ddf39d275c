/** Of text (WCAG 2.2, success criterion 1.4.3). */
export const LEAST_CONTRAST = 4.5;

const channelsOf = (color: string): number[] =>
  [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));

/** @param color `#rrggbb` */
function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1, of a colour on itself, to 21, of black on white (WCAG 2.2, contrast ratio). */
export function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** @param share of `other`, from 0 to 1 */
export function mixed(color: string, other: string, share: number): string {
  const others = channelsOf(other);
  const channels = channelsOf(color).map((channel, index) =>
    Math.round(channel + ((others[index] ?? 0) - channel) * share),
  );
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

const isReadable = (color: string, grounds: string[]): boolean =>
  grounds.every((ground) => contrastOf(color, ground) >= LEAST_CONTRAST);

/** The colour itself, or the nearest to it on the way to `text` that is readable on all grounds. */
export function readable(color: string, grounds: string[], text: string): string {
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mixed(color, text, share);
    if (isReadable(candidate, grounds)) return candidate;
  }
  return text;
}

/** What is read best on it: white, where it can be read. */
export const textOn = (ground: string): string => (isReadable('#ffffff', [ground]) ? '#ffffff' : '#000000');

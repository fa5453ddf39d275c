import { readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { type BrandingImage, type BrandingOptions, toBranding } from 'nestjs-passkey-sign-in';
import { fromJson, readJson } from './json';

const IMAGE_TYPES: Record<string, BrandingImage['type']> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};

/**
 * @param given JSON, or the path of a JSON file
 * @param folder in which relative paths begin
 * @throws AggregateError, or Error, that names the member
 */
export function readBranding(given: string, folder: string): BrandingOptions {
  if (given.startsWith('{')) return toBrandingOptions(fromJson(given), folder);
  const path = resolve(folder, given);
  return toBrandingOptions(readJson(path), dirname(path));
}

/** Pictures and CSS are named by their paths, which begin in `folder`. */
export function toBrandingOptions(value: unknown, folder: string): BrandingOptions {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('must be an object');
  const { logo, css, ...others } = value as Record<string, unknown>;
  const options = {
    ...others,
    ...(logo !== undefined && { logo: readLogo(logo, folder) }),
    ...(css !== undefined && { css: readFile('css', css, folder).toString('utf8') }),
  } as BrandingOptions;
  toBranding(options, '');
  return options;
}

function readLogo(logo: unknown, folder: string): unknown {
  const paths = typeof logo === 'string' ? { light: logo } : logo;
  if (typeof paths !== 'object' || paths === null || Array.isArray(paths))
    throw new Error('"logo" must be a path, or an object of paths with "light" and "dark"');
  return Object.fromEntries(
    Object.entries(paths).map(([scheme, path]) => [scheme, readImage(`logo.${scheme}`, path, folder)]),
  );
}

function readImage(member: string, path: unknown, folder: string): BrandingImage {
  const content = readFile(member, path, folder);
  const type = IMAGE_TYPES[extname(String(path)).toLowerCase()];
  if (type) return { type, content };
  throw new Error(
    `"${member}" must end in one of ${Object.keys(IMAGE_TYPES).join(', ')}, is ${String(path)}`,
  );
}

function readFile(member: string, path: unknown, folder: string): Buffer {
  if (typeof path !== 'string' || !path) throw new Error(`"${member}" must be a path`);
  try {
    return readFileSync(resolve(folder, path));
  } catch (error) {
    throw new Error(`"${member}" can't be read: ${(error as Error).message}`, { cause: error });
  }
}

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { branded } from '../apps/identity-server/src/pages/page-branding';
import { ConfigurationError, readConfiguration } from '../apps/identity-server/src/configuration';
import { relyingPartiesOf } from '../apps/identity-server/src/configuration';
import { type Branding, brandingStyle, DEFAULT_COLORS, toBranding } from 'nestjs-passkey-sign-in';

describe('a branding', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-branding-'));
    await file('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await file('logo-dark.svg', '<svg xmlns="http://www.w3.org/2000/svg" id="dark"/>');
    await file('own.css', '.card { border: 1px solid }\r\n');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const file = async (name: string, content: unknown) => {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  const brandingOf = (env: Record<string, string>): Branding =>
    relyingPartiesOf(readConfiguration(env)).own.branding!;

  const messageOf = (branding: unknown): string => {
    try {
      readConfiguration({ BRANDING: JSON.stringify(branding) });
    } catch (error) {
      if (error instanceof ConfigurationError) return error.message;
      throw error;
    }
    return '';
  };

  it('is the default, with the name of RP_NAME where there is one', () => {
    expect(brandingOf({})).toEqual({ ...toBranding({}, ''), name: '' });
    expect(brandingOf({})).toMatchObject({ colors: DEFAULT_COLORS, radius: 12, logo: null, css: '' });
    expect(brandingOf({ RP_NAME: 'Acme' }).name).toBe('Acme');
    expect(brandingOf({ RP_NAME: 'Acme', BRANDING: '{"name":"Acme Mail"}' }).name).toBe('Acme Mail');
  });

  it('is read of a file, with what the file names beside it', async () => {
    const path = await file('branding.json', {
      name: 'Acme',
      logo: { light: 'logo.svg', dark: 'logo-dark.svg' },
      css: 'own.css',
      radius: 4,
      termsUri: 'https://acme.example/terms',
    });
    const branding = brandingOf({ BRANDING: path });
    expect(branding).toMatchObject({ name: 'Acme', radius: 4, termsUri: 'https://acme.example/terms' });
    expect(branding.css).toBe('.card { border: 1px solid }\n');
    expect(branding.logo?.light.type).toBe('image/svg+xml');
    expect(Buffer.from(branding.logo!.dark.content).toString()).toContain('id="dark"');
    const { logo } = brandingOf({ BRANDING: JSON.stringify({ logo: join(folder, 'logo.svg') }) });
    expect(logo?.dark).toEqual(logo?.light);
  });

  it('is a tenant’s own', async () => {
    await file('other.json', { radius: 20, logo: 'logo.svg' });
    const tenant = (id: string, branding?: unknown) => ({
      ...{ hosts: [id], id, name: `Name of ${id}`, origins: [`https://${id}`] },
      ...(branding !== undefined && { branding }),
    });
    const path = await file('tenants.json', [
      tenant('one.example', { name: 'One', css: 'own.css' }),
      tenant('two.example', 'other.json'),
      tenant('three.example'),
    ]);
    const parties = relyingPartiesOf(readConfiguration({ RP_TENANTS: path, BRANDING: '{"radius":1}' }));
    expect(parties.own.branding).toMatchObject({ name: '', radius: 1 });
    expect(parties.forHost('one.example').branding).toMatchObject({ name: 'One', radius: 12 });
    expect(parties.forHost('two.example').branding).toMatchObject({
      name: 'Name of two.example',
      radius: 20,
    });
    expect(parties.forHost('three.example').branding).toMatchObject({
      name: 'Name of three.example',
      radius: 12,
    });
  });

  it('has its other colours follow its accent, so that they are read', () => {
    const { colors } = toBranding({ colors: { light: { accent: '#FC0' } } }, '');
    expect(colors.light).toMatchObject({ accent: '#ffcc00', accentText: '#000000' });
    expect(colors.light.link).not.toBe('#ffcc00');
    expect(colors.dark).toMatchObject({ accent: '#ffcc00', link: '#ffcc00' });
    const onCream = toBranding({ colors: { light: { surface: '#fffdf0' } } }, '').colors.light;
    expect(onCream).toMatchObject({ field: '#fffdf0', accent: DEFAULT_COLORS.light.accent });
    const dark = toBranding({ colors: { light: { accent: '#003366' } } }, '').colors.dark;
    expect(dark.accent).toMatch(/^#[6-9a-f]/);
    for (const accent of ['#000', '#fff', '#777', '#f00', '#0f0', '#00f', '#767676', '#808000']) {
      expect(() => toBranding({ colors: { light: { accent } } }, '')).not.toThrow();
      expect(() => toBranding({ colors: { dark: { accent } } }, '')).not.toThrow();
    }
  });

  it('is custom properties in both schemes, and then the CSS', () => {
    const style = brandingStyle(toBranding({ colors: { light: { accent: '#003366' } }, css: 'p{}' }, ''));
    const [light = '', dark = ''] = style.split('@media (prefers-color-scheme:dark)');
    expect(light).toContain('--accent:#003366;');
    expect(light).toContain('--radius:12px');
    for (const name of ['--accent-text', '--accent-hover', '--problem-text', '--news-text', '--link']) {
      expect(light).toContain(`${name}:#`);
      expect(dark).toContain(`${name}:#`);
    }
    expect(style.endsWith('}\np{}')).toBe(true);
  });

  it('has its custom properties in docs/branding.md, and the pages use no others', async () => {
    const namesIn = (text: string, pattern: RegExp) =>
      [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();
    const set = namesIn(brandingStyle(toBranding({}, '')), /(--[a-z-]+):/g);
    const document = await readFile('docs/branding.md', 'utf8');
    expect(namesIn(document, /`(--[a-z-]+)`/g)).toEqual(set);
    const style = await readFile('apps/sign-in/src/style.css', 'utf8');
    const own = namesIn(style, /^ +(--[a-z-]+):/gm);
    expect(own).toEqual(['--radius-large', '--shadow']);
    expect(namesIn(style, /var\((--[a-z-]+)\)/g)).toEqual([...set, ...own].sort());
  });

  it.each<[member: string, branding: unknown]>([
    ['title', { title: 'Acme' }],
    ['name', { name: 7 }],
    ['name', { name: 'A'.repeat(65) }],
    ['name', { name: 'two\nlines' }],
    ['radius', { radius: '12px' }],
    ['radius', { radius: -1 }],
    ['radius', { radius: 33 }],
    ['termsUri', { termsUri: 'http://acme.example/terms' }],
    ['termsUri', { termsUri: '/terms' }],
    ['privacyUri', { privacyUri: 'javascript:alert(1)' }],
    ['logo', { logo: 7 }],
    ['logo', { logo: {} }],
    ['logo.light', { logo: '/nowhere.svg' }],
    ['logo.light', { logo: 'package.json' }],
    ['logo.light', { logo: '/dev/null' }],
    ['logo.dark', { logo: { light: 'docs/sign-in.png', dark: '' } }],
    ['logo.sepia', { logo: { light: 'docs/sign-in.png', sepia: 'docs/sign-in.png' } }],
    ['css', { css: '/nowhere.css' }],
    ['css', { css: ['a.css'] }],
    ['colors', { colors: '#fff' }],
    ['colors.light', { colors: { light: '#fff' } }],
    ['colors.sepia', { colors: { sepia: {} } }],
    ['colors.light.acent', { colors: { light: { acent: '#fff' } } }],
    ['colors.light.accent', { colors: { light: { accent: 'red' } } }],
    ['colors.light.accent', { colors: { light: { accent: '#ff00' } } }],
    ['colors.dark.text', { colors: { dark: { text: 'var(--x);}body{' } } }],
  ])('names a wrong %s in one line', (member, branding) => {
    const message = messageOf(branding);
    expect(message).toMatch(/^BRANDING: [^\n]+$/);
    expect(message).toContain(`"${member}"`);
  });

  it('names each of several wrong members, in a line of its own', () => {
    const lines = messageOf({ radius: 99, name: 1, colors: { light: { text: 'red' } } }).split('\n');
    expect(lines.map((line) => /^BRANDING: "([\w.]+)"/.exec(line)?.[1]).sort()).toEqual([
      'colors.light.text',
      'name',
      'radius',
    ]);
  });

  it.each([
    ['text', 'background', { text: '#888' }],
    ['text', 'surface', { surface: '#333333' }],
    ['quiet', 'background', { quiet: '#999999' }],
    ['accentText', 'accent', { accent: '#ffcc00', accentText: '#ffffff' }],
    ['link', 'surface', { link: '#ffcc00' }],
    ['danger', 'surface', { danger: '#ff9999' }],
    ['problemText', 'problem', { problem: '#8c1d18' }],
    ['newsText', 'news', { newsText: '#e9f3ec' }],
  ])('refuses %s that can not be read on %s', (name, ground, light) => {
    const lines = messageOf({ colors: { light } }).split('\n');
    const line = lines.find(
      (one) => one.includes(`"colors.light.${name}"`) && one.includes(`on "${ground}"`),
    );
    expect(line).toMatch(/^BRANDING: .* has a contrast of \d+(\.\d+)?:1: text needs 4.5:1$/);
  });

  it('takes the contrast that is just enough, and no less', () => {
    const enough = { accent: '#767676', accentText: '#ffffff' };
    expect(messageOf({ colors: { light: enough } })).toBe('');
    expect(messageOf({ colors: { light: { ...enough, accent: '#777777' } } })).toContain('4.47:1');
  });

  it('stands on pages as text, and its links in their attributes', () => {
    const name = '<b>Acme</b> "&';
    const branding = toBranding({ name, termsUri: 'https://acme.example/"onclick="x' }, '');
    const page = '<title>Sign in</title><!-- style --><!-- name --><!-- links -->';
    const html = branded(page, { ...relyingPartiesOf(readConfiguration({})).own, branding });
    expect(html).toContain('<title>Sign in · &#60;b&#62;Acme&#60;/b&#62; &#34;&#38;</title>');
    expect(html).toContain('href="https://acme.example/&#34;onclick=&#34;x"');
    expect(html).not.toContain('<b>');
  });

  it('may not end the style that its CSS stands in', async () => {
    const css = await file('bad.css', '</STYLE><script>alert(1)</script>');
    expect(messageOf({ css })).toMatch(/^BRANDING: "css" must not have "<\/style" in it$/);
  });

  it('that is no JSON, or not there, is one line', () => {
    for (const BRANDING of ['{', '/nowhere.json', 'package-lock.txt', folder]) {
      expect(() => readConfiguration({ BRANDING })).toThrow(/^BRANDING: [^\n]+$/);
    }
  });

  it('of a tenant is refused by the tenant’s name', async () => {
    const tenants = await file('wrong.json', [
      {
        ...{ hosts: ['one.example'], id: 'one.example', name: 'One', origins: ['https://one.example'] },
        branding: { radius: 99, name: 1 },
      },
    ]);
    expect(() => readConfiguration({ RP_TENANTS: tenants })).toThrow(
      /^RP_TENANTS: branding of "one.example": "name" .+\nRP_TENANTS: branding of "one.example": "radius" .+$/,
    );
  });
});

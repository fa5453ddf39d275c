import tseslint from 'typescript-eslint';

const NO_HOST = { group: ['**/apps/**'], message: 'A library knows nothing of the host.' };

export default tseslint.config(
  // Examples and hosts see the built packages, as others do.
  {
    ignores: [
      '**/dist/',
      'examples/',
      'test/packages/host/',
      'data/',
      'node_modules/',
      'coverage/',
      'test/.artifacts/',
      'test/packages/clients/',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // DTO classes describe shapes for validation and OpenAPI; answers are plain objects of that shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Names are measured in code points.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-properties': [
        'error',
        {
          object: 'AbortSignal',
          property: 'any',
          message: 'Node.js 20 may forget it before it is aborted; see database/in-time.ts.',
        },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
    },
  },
  {
    files: ['test/**/*.ts', '**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['libs/embedded-postgres/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['nestjs-passkey-*', 'passkey-sign-in-*', '**/apps/**'],
              message: 'It knows nothing of who uses it.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['libs/**/*.ts'],
    ignores: ['libs/embedded-postgres/**', 'libs/experience-verification/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [NO_HOST] }] },
  },
  {
    files: ['libs/experience-verification/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            NO_HOST,
            {
              group: ['nestjs-passkey-openid-provider', '**/openid-provider/**'],
              message: 'The module knows nothing of the OpenID Provider.',
            },
            {
              regex: '^passkey-sign-in-client(?!/typed-text$)',
              message: 'Of the client the module has only how typed text is read.',
            },
          ],
        },
      ],
    },
  },
);

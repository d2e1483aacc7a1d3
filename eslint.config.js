import js from '@eslint/js';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: ['**/dist/', 'node_modules/', 'coverage/', 'data/', '.cache/'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_$', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-imports': [
        'error',
        {
          paths: builtinModules.map((name) => ({ name, message: `Modules of Node are imported as 'node:${name}'.` })),
          patterns: [
            {
              group: ['fp-ts/*'],
              message: "Import from 'fp-ts': deep paths pass the compiler and fail in Node's ESM.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/infrastructure/system/system-clock.ts', 'src/rehearsal/clock.ts'],
    rules: {
      'max-params': ['error', 4],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'Moments come from the Clock; what lasts is measured by clock.elapsed() or performance.now().',
        },
        {
          selector: ":matches(NewExpression, CallExpression)[callee.name='Date'][arguments.length=0]",
          message: 'Moments come from the Clock.',
        },
        {
          selector: "CallExpression[callee.property.name='wakeAt'] CallExpression[callee.property.name='now']",
          message: 'A wait of some milliseconds is clock.wakeIn(ms, …): the calendar may be set back meanwhile.',
        },
        {
          selector: "CallExpression[callee.name=/^mkdir/] Property[key.name='recursive']",
          message: 'In a file system that takes no directories it never ends: use makeDirectory().',
        },
        {
          selector: "NewExpression[callee.name='LRUCache'] Property[key.name='max']",
          message: 'It would allocate all of its room at once: use recentlyUsed().',
        },
      ],
    },
  },
  {
    // A file that is longer does two jobs. Those left out are lists.
    files: ['src/**/*.ts'],
    ignores: [
      'src/infrastructure/config/environment.ts',
      'src/adapters/http/{messages,openapi}.ts',
      'src/adapters/http/schemas/order.ts',
    ],
    rules: { 'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['src/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'Date',
        'crypto',
        'process',
        'fetch',
        'setTimeout',
        'setInterval',
        'Promise',
        'console',
      ],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  {
    files: ['web/demo/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...['document', 'window', 'location', 'FormData', 'URLSearchParams', 'performance'],
          ...['setTimeout', 'clearTimeout', 'AbortController'],
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  { files: ['**/*.cjs'], languageOptions: { globals: { module: 'writable', require: 'readonly' } } },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);

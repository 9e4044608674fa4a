import js from '@eslint/js';
import jest from 'eslint-plugin-jest';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const unusedUnlessUnderscored = { argsIgnorePattern: '^_', varsIgnorePattern: '^_' };

const anyIsNotFollowed = {
  '@typescript-eslint/no-unsafe-argument': 'off',
  '@typescript-eslint/no-unsafe-assignment': 'off',
  '@typescript-eslint/no-unsafe-call': 'off',
  '@typescript-eslint/no-unsafe-member-access': 'off',
  '@typescript-eslint/no-unsafe-return': 'off',
};

/** `Promise.all(rows.map(…))` sends a statement per row where one statement takes the list. */
const promisePerRow = {
  selector:
    "CallExpression[callee.object.name='Promise'][callee.property.name=/^(all|allSettled)$/] > CallExpression[callee.property.name='map']",
  message:
    'Hand the whole list to one statement (or loader.loadMany) instead of one promise per row.',
};

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.data/', 'schema/generated/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 70],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        __dirname: 'readonly',
        console: 'readonly',
        module: 'writable',
        process: 'readonly',
        require: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { disallowTypeAnnotations: false, fixStyle: 'inline-type-imports' },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Resolvers answer entities and plain objects where the schema names a type class.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // graphql and pg declare enums whose values are plain strings and numbers to everybody else.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/no-unused-vars': ['error', unusedUnlessUnderscored],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // Below the server there are rows; the server and the gateway fan out over sockets and subgraphs.
    files: ['src/**/*.ts'],
    ignores: ['src/main.ts', 'src/{platform,gateway,server,cli}/**'],
    rules: { 'no-restricted-syntax': ['error', promisePerRow] },
  },
  {
    // A migration's functions are as long as their SQL.
    files: ['migrations/**/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['{bench,scripts,examples}/**/*.{ts,js}'],
    rules: { ...anyIsNotFollowed, 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      ...anyIsNotFollowed,
      '@typescript-eslint/no-non-null-assertion': 'off',
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      'jest/no-commented-out-tests': 'error',
      'jest/no-disabled-tests': 'error',
      'jest/no-focused-tests': 'error',
      'max-lines-per-function': 'off',
    },
  },
);

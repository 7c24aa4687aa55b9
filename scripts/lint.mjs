// Lints with oxlint, import directions included. `--fix` mends what can be mended.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { boundaryOverrides } from './boundaries.mjs'
import { run } from './install.mjs'
import { root } from './root.mjs'

const config = {
  $schema: './node_modules/oxlint/configuration_schema.json',
  plugins: ['typescript', 'unicorn', 'import', 'react', 'jsx-a11y', 'oxc'],
  categories: { correctness: 'error' },
  env: { builtin: true },
  rules: {
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/consistent-type-imports': 'error',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'no-console': 'error',
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    'react/jsx-no-target-blank': 'error',
    // `output`, `fieldset` and `progress` bring looks and behaviour of their own that ARIA roles on a div do not.
    'jsx-a11y/prefer-tag-over-role': 'off',
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    eqeqeq: 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
  },
  settings: { react: { version: '19' } },
  overrides: [
    {
      // Clips made on this machine have no words to caption.
      files: ['src/web/**'],
      rules: { 'jsx-a11y/media-has-caption': 'off' },
    },
    // Pixel loops index typed arrays within bounds that they set themselves; a check at each pixel costs time.
    { files: ['src/engine/**'], rules: { 'typescript/no-non-null-assertion': 'off' } },
    // What two files of a room both need of each other, types included, has a place of its own.
    { files: ['src/engine/**'], rules: { 'import/no-cycle': ['error', { ignoreTypes: false }] } },
    {
      files: ['*.config.ts', 'tailwind.config.js', 'e2e/global-setup.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
    { files: ['scripts/**', 'src/**/testing/**'], rules: { 'no-console': 'off' } },
    {
      // Playwright's fixtures take `{}` for none, and call what they hand on `use`.
      files: ['e2e/**'],
      rules: { 'no-empty-pattern': 'off', 'react/rules-of-hooks': 'off' },
    },
    ...boundaryOverrides(),
  ],
  ignorePatterns: ['/dist', 'node_modules', '/data'],
}

// Written where editors look for it; its globs count from here.
const path = join(root, '.oxlintrc.json')
writeFileSync(path, JSON.stringify(config, null, 2))
run(process.execPath, [
  join(root, 'node_modules/oxlint/bin/oxlint'),
  '-c',
  path,
  '--deny-warnings',
  ...process.argv.slice(2),
  'src',
  'e2e',
  'scripts',
  'vite.config.ts',
  'vitest.config.ts',
])

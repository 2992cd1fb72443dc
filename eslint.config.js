import js from '@eslint/js'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['dist', '.tap', 'coverage'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A key is taken out of an object by naming it beside the rest.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // Table tests and route plugins are written as async functions by their framework's contract.
      '@typescript-eslint/require-await': 'off'
    }
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // tap's own `t.test` and `t.teardown` are awaited by the runner.
      '@typescript-eslint/no-floating-promises': 'off'
    }
  },
  {
    files: ['src/inspector/*.js', 'src/docs-page/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        `Event FormData ResizeObserver TextDecoderStream URL URLSearchParams addEventListener document fetch location matchMedia navigator requestAnimationFrame sessionStorage setInterval setTimeout window`
          .split(/\s+/)
          .map((name) => [name, 'readonly'])
      )
    }
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    ignores: ['src/inspector/*.js', 'src/docs-page/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', fetch: 'readonly' } }
  },
  {
    files: ['examples/node-jest/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { test: 'readonly', expect: 'readonly', afterAll: 'readonly' }
    }
  }
)

/**
 * One project's Jest configuration: native ESM, swc, and sibling workspaces read from their source
 * through the `@zhimaper/source` export condition, so that a test never sees a stale build.
 *
 * @param {string} displayName the Nx project's name
 * @param {string} rootDir the project's folder
 * @param {import('jest').Config} [overrides]
 * @returns {import('jest').Config}
 */
export function jestProject(displayName, rootDir, overrides = {}) {
  return {
    displayName,
    rootDir,
    testEnvironment: 'node',
    // Looked up through the sandbox at every use, it would slow jsrsasign's arithmetic down thirtyfold.
    sandboxInjectedGlobals: ['Math'],
    testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/**/*.spec.ts'],
    extensionsToTreatAsEsm: ['.ts'],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    testEnvironmentOptions: {
      customExportConditions: ['@zhimaper/source', 'node', 'node-addons'],
    },
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        {
          jsc: {
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: true },
            target: 'es2022',
            keepClassNames: true,
          },
          module: { type: 'es6' },
        },
      ],
    },
    ...overrides,
  };
}

import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));
const ENTRIES = ['index', 'errors', 'signing', 'notify', 'portable'] as const;
type Entry = (typeof ENTRIES)[number];

/** Something that can be called from outside, and what its docstring says. */
export interface PublicFunction {
  /** Such as `index: AlipayClient.execute`. */
  name: string;
  entry: Entry;
  text: string;
  parameters: string[];
  /** Each `@param`, name and text. */
  documented: string[];
  examples: string[];
}

/** An example, and the entry whose exports it uses. */
export interface Example {
  entry: Entry;
  code: string;
}

/** A number that somebody outside gives or gets, and what its docstring says. */
export interface PublicNumber {
  name: string;
  text: string;
}

/** What every object has. */
const NOT_CALLED = new Set(['toString', 'toJSON']);

/**
 * Opens the package's source, and beside it files that only exist here, by their whole paths.
 *
 * @param before a program whose files are as good as new
 */
export function openProgram(files: ReadonlyMap<string, string>, before?: ts.Program): ts.Program {
  const configPath = `${projectDir}tsconfig.json`;
  const config = ts.getParsedCommandLineOfConfigFile(
    configPath,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
      },
    },
  )!;
  const options: ts.CompilerOptions = { ...config.options, noUnusedLocals: false };
  const host = ts.createCompilerHost(options, true);
  const disk = { ...host };
  host.fileExists = (path) => files.has(path) || disk.fileExists(path);
  host.readFile = (path) => files.get(path) ?? disk.readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = files.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, version, true);
    return before?.getSourceFile(path) ?? disk.getSourceFile(path, version, ...rest);
  };
  const roots = [...ENTRIES.map(entryPath), ...files.keys()];
  return ts.createProgram({
    rootNames: roots,
    options,
    host,
    ...(before && { oldProgram: before }),
  });
}

const entryPath = (entry: string) => `${projectDir}src/${entry}.ts`;

/** What an entry exports, by name, as what it is an alias of. */
function exportsOf(program: ts.Program, entry: Entry): Map<string, ts.Symbol> {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entryPath(entry))!)!;
  return new Map(
    checker.getExportsOfModule(module).map((symbol) => {
      const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
      return [symbol.name, isAlias ? checker.getAliasedSymbol(symbol) : symbol];
    }),
  );
}

/** The names of what an entry exports for use at run time. */
export function valueNames(program: ts.Program, entry: Entry): string[] {
  return [...exportsOf(program, entry)]
    .filter(([, { flags }]) => flags & ts.SymbolFlags.Value)
    .map(([name]) => name);
}

/** The functions of every entry, and the methods of its classes. */
export function publicFunctions(program: ts.Program): PublicFunction[] {
  const checker = program.getTypeChecker();
  const seen = new Set<ts.Symbol>();
  return ENTRIES.flatMap((entry) =>
    [...exportsOf(program, entry)].flatMap(([exported, symbol]) => {
      if (seen.has(symbol)) return [];
      seen.add(symbol);
      if (symbol.flags & ts.SymbolFlags.Function)
        return [describe(checker, entry, symbol, exported)];
      if (!(symbol.flags & ts.SymbolFlags.Class)) return [];
      const methods = checker
        .getDeclaredTypeOfSymbol(symbol)
        .getProperties()
        .filter((member) => member.flags & ts.SymbolFlags.Method && isOurs(member))
        .filter(({ name }) => !NOT_CALLED.has(name) && !/^(__|#)/.test(name));
      return methods.map((method) =>
        describe(checker, entry, method, `${exported}.${method.name}`),
      );
    }),
  );
}

/** The examples of the functions and of the classes themselves. */
export function publicExamples(program: ts.Program): Example[] {
  const checker = program.getTypeChecker();
  const ofClasses = [...exportsOf(program, 'index').values()]
    .filter(({ flags }) => flags & ts.SymbolFlags.Class)
    .flatMap((symbol) => textsOf(checker, symbol, 'example'))
    .map((code) => ({ entry: 'index' as const, code }));
  const ofFunctions = publicFunctions(program).flatMap(({ entry, examples }) =>
    examples.map((code) => ({ entry, code })),
  );
  return [...ofClasses, ...ofFunctions];
}

/** The members of every entry's interfaces and classes that are numbers. */
export function publicNumbers(program: ts.Program): PublicNumber[] {
  const checker = program.getTypeChecker();
  const symbols = new Set(ENTRIES.flatMap((entry) => [...exportsOf(program, entry).values()]));
  return [...symbols].flatMap((symbol) => {
    if (!(symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class))) return [];
    return checker
      .getDeclaredTypeOfSymbol(symbol)
      .getProperties()
      .filter(isOurs)
      .filter((member) => isNumber(checker.getNonNullableType(checker.getTypeOfSymbol(member))))
      .map((member) => ({ name: `${symbol.name}.${member.name}`, text: textOf(checker, member) }));
  });
}

function isNumber(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.NumberLike) !== 0;
}

function isOurs(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).every((node) =>
    node.getSourceFile().fileName.startsWith(`${projectDir}src/`),
  );
}

function textOf(checker: ts.TypeChecker, symbol: ts.Symbol): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker));
}

function textsOf(checker: ts.TypeChecker, symbol: ts.Symbol, tag: string): string[] {
  return symbol
    .getJsDocTags(checker)
    .filter(({ name }) => name === tag)
    .map(({ text }) => ts.displayPartsToString(text));
}

function describe(
  checker: ts.TypeChecker,
  entry: Entry,
  symbol: ts.Symbol,
  name: string,
): PublicFunction {
  const signatures = checker.getTypeOfSymbol(symbol).getCallSignatures();
  return {
    name: `${entry}: ${name}`,
    entry,
    text: textOf(checker, symbol),
    parameters: signatures.flatMap((signature) => signature.getParameters().map((one) => one.name)),
    documented: textsOf(checker, symbol, 'param').map((text) => text.trim()),
    examples: textsOf(checker, symbol, 'example'),
  };
}

/** Where an example would stand if it were a file. */
export const examplePath = (at: number) => `${projectDir}test/docs/example-${at}.ts`;

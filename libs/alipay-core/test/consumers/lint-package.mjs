// Prints what publint and "are the types wrong" find in a packed package: its folder and its tarball are given.
import { readFile } from 'node:fs/promises';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';

const [folder, tarball] = process.argv.slice(2);
const { messages } = await publint({
  pkgDir: folder,
  pack: false,
  level: 'suggestion',
  strict: true,
});
const { problems, entrypoints } = await checkPackage(
  createPackageFromTarballData(new Uint8Array(await readFile(tarball))),
);
console.log(JSON.stringify({ messages, problems, entrypoints: Object.keys(entrypoints) }));

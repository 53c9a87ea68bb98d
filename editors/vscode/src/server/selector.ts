/**
 * Which files the server is told of. Prose always; lists of records, bibliographies, settings and plain texts only inside a corpus,
 * so that another project's YAML is left alone.
 */
import type { DocumentFilter } from 'vscode-languageclient/node';

/** Languages that are prose wherever they lie. */
export const PROSE = ['markdown', 'quarto', 'rmd'] as const;

/** What else belongs to a corpus, by its name's end. */
const IN_A_CORPUS = '*.{md,markdown,qmd,Rmd,rmd,txt,yaml,yml,json,jsonl,ndjson,bib,toml}';

/** The files of interest, where corpora lie in these folders (paths on the disk). */
export function selector(corpora: readonly string[]): DocumentFilter[] {
  const prose = PROSE.flatMap((language) => ['file', 'untitled'].map((scheme) => ({ scheme, language })));
  return [...prose, ...corpora.map((folder) => ({ scheme: 'file', pattern: `${literal(folder)}/**/${IN_A_CORPUS}` }))];
}

/** A folder's path as a glob that means this folder alone. */
function literal(folder: string): string {
  return folder.replace(/\\/g, '/').replace(/\/$/, '').replace(/[[\]{}*?]/g, (sign) => (sign === ']' ? '[]]' : `[${sign}]`));
}

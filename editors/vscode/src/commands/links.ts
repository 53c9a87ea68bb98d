/** Links of the server's pages, as the editor's Markdown preview follows them. */
import * as path from 'node:path';

/** A link of a page: its words, and the address of a file with a fragment such as `#L12,5`. */
const LINK = /\[((?:\\.|[^\]\\])*)\]\(<(file:[^>\s#]*)(#[^>\s]*)?>\)/g;

/**
 * The page with links that lead somewhere: the preview shows no link to a `file:` address as one, and takes a path for one below
 * the first folder that is open. Without a folder the words stay and the links go.
 *
 * `pathOf` answers the decoded path of an address; `folder` is such a path.
 */
export function followable(markdown: string, folder: string | undefined, pathOf: (address: string) => string): string {
  return markdown.replace(LINK, (_, words: string, address: string, fragment = '') => {
    if (folder === undefined) return words;
    const steps = path.posix.relative(folder, pathOf(address)).split('/');
    return `[${words}](</${steps.map(encodeURIComponent).join('/')}${fragment}>)`;
  });
}

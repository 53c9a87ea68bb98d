// The crates that the server's binary is made of, for the notice: `[{ name, version, licence, words }]`.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What Rust calls the platforms that VS Code names; each binary is made of the same crates on kin of these. */
export const TRIPLES = {
  'linux-x64': 'x86_64-unknown-linux-gnu',
  'linux-arm64': 'aarch64-unknown-linux-gnu',
  'alpine-x64': 'x86_64-unknown-linux-musl',
  'alpine-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
  'win32-x64': 'x86_64-pc-windows-msvc',
  'win32-arm64': 'aarch64-pc-windows-msvc',
};

/** The crates that are linked into the binary for a target, by name. */
export function crates(repository, target) {
  const asked = ['metadata', '--format-version=1', '--locked', `--filter-platform=${TRIPLES[target]}`];
  const { packages, resolve } = JSON.parse(execFileSync('cargo', asked, { cwd: repository, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }));
  const described = new Map(packages.map((crate) => [crate.id, crate]));
  const edges = new Map(resolve.nodes.map((node) => [node.id, node.deps.filter(linked).map((dep) => dep.pkg)]));
  const seen = new Set([resolve.root]);
  for (const id of seen) {
    const next = (edges.get(id) ?? []).filter((dep) => !described.get(dep).targets.some(({ kind }) => kind.includes('proc-macro')));
    for (const dep of next) seen.add(dep);
  }
  seen.delete(resolve.root);
  return [...seen].map((id) => notice(described.get(id))).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether a dependency is linked: not one of tests or of building. */
function linked({ dep_kinds: kinds }) {
  return kinds.some(({ kind }) => kind === null);
}

function notice({ name, version, license, license_file: named, manifest_path: manifest }) {
  const folder = dirname(manifest);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|unlicense)/i.test(file)).sort();
  // Of licences to choose from we choose MIT, whose words are few.
  const chosen = named ?? files.find((file) => /mit/i.test(file)) ?? files[0];
  const words = chosen !== undefined && existsSync(join(folder, chosen)) ? readFileSync(join(folder, chosen), 'utf8').trim() : '';
  return { name, version, licence: license ?? 'see below', words };
}

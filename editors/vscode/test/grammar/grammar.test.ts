import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import * as oniguruma from 'vscode-oniguruma';
import { INITIAL, Registry, parseRawGrammar, type IGrammar } from 'vscode-textmate';

// The tests run in the extension's folder, from one file under `dist/`.
const OURS = ['syntaxes/marks.tmLanguage.json', 'syntaxes/directives.tmLanguage.json'];
const THEIRS: Readonly<Record<string, string>> = {
  'text.html.markdown': 'markdown',
  'text.html.derivative': 'html-derivative',
  'text.html.basic': 'html',
  'source.yaml': 'yaml',
};

/** Markdown as the editor colours it, with our grammars injected or without. */
async function markdown(injected: boolean): Promise<IGrammar> {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const ours = new Map(OURS.map((file) => [String(JSON.parse(readFileSync(file, 'utf8')).scopeName), file]));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (words) => new oniguruma.OnigString(words),
    }),
    loadGrammar: async (scope) => {
      const theirs = THEIRS[scope];
      const file = ours.get(scope) ?? (theirs === undefined ? undefined : join('node_modules/tm-grammars/grammars', `${theirs}.json`));
      return file !== undefined && existsSync(file) ? parseRawGrammar(readFileSync(file, 'utf8'), file) : null;
    },
    getInjections: (scope) => (injected && scope === 'text.html.markdown' ? [...ours.keys()] : []),
  });
  const grammar = await registry.loadGrammar('text.html.markdown');
  assert.ok(grammar);
  return grammar;
}

/** Every line, and below it what is ours: carets under the words, and the innermost scope. */
function marked(grammar: IGrammar, text: string): string {
  const shown: string[] = [];
  let stack = INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    shown.push(`> ${line}`.trimEnd());
    for (const { startIndex, endIndex, scopes } of tokens) {
      const scope = scopes.at(-1) ?? '';
      if (!scope.endsWith('.vidimus') || scope.startsWith('meta.')) continue;
      shown.push(`  ${' '.repeat(startIndex)}${'^'.repeat(endIndex - startIndex)} ${scope.replace(/\.vidimus$/, '')}`);
    }
  }
  return `${shown.join('\n').trimEnd()}\n`;
}

test('marks have their colours, and nothing else is touched', async () => {
  const grammar = await markdown(true);
  const found = marked(grammar, readFileSync('test/grammar/marks.md', 'utf8').replace(/\r/g, ''));
  const kept = 'test/grammar/marks.expected';
  if (process.env['UPDATE']) writeFileSync(kept, found);
  assert.equal(found, readFileSync(kept, 'utf8').replace(/\r/g, ''));
});

test('a line of many brackets costs little more with our colours than without', async () => {
  const [ours, theirs] = [await markdown(true), await markdown(false)];
  const lines = ['['.repeat(3000), '[a'.repeat(1500) + ']{.b}'.repeat(1500), '[@'.repeat(2000), '[[a|'.repeat(2000), '@a.'.repeat(4000), '[a]{.b} '.repeat(1000)];
  for (const line of lines) {
    const [with_, without] = [duration(ours, line), duration(theirs, line)];
    assert.ok(with_ < 4 * without + 500, `${with_} ms, not ${without} ms, for ${line.slice(0, 12)}…`);
  }
});

/** In milliseconds. */
function duration(grammar: IGrammar, line: string): number {
  const begun = performance.now();
  grammar.tokenizeLine(line, INITIAL);
  return Math.round(performance.now() - begun);
}

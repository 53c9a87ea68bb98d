/** What the status bar shows, in plain data. */
import { complaint } from '../binary/complaint';
import type { CorpusStatus, Status } from '../protocol';
import type { State } from '../server/supervisor';

/** An item of the status bar. */
export interface Shown {
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly level: 'plain' | 'warning' | 'error';
}

/** The words for a server's state and what it tells of its corpora. */
export function shown(state: State, status: Status | undefined): Shown {
  switch (state.kind) {
    case 'stopped':
      return plain('$(circle-slash) Vidimus', 'Vidimus is stopped');
    case 'starting':
      return plain('$(sync~spin) Vidimus', 'Vidimus is starting');
    case 'waiting':
      return { text: '$(warning) Vidimus', tooltip: `Vidimus stopped, and starts again in ${state.delay / 1000} s`, level: 'warning' };
    case 'given-up':
      return { text: '$(error) Vidimus', tooltip: 'Vidimus stopped too often and is not started again', level: 'error' };
    case 'faulty':
      return { text: '$(error) Vidimus', tooltip: complaint(state.fault).message, level: 'error' };
    case 'running':
      return running(state.server.version.join('.'), state.server.file, status?.corpora ?? []);
  }
}

function running(version: string, file: string, corpora: readonly CorpusStatus[]): Shown {
  const heading = `**Vidimus ${version}**`;
  const tooltip = corpora.length === 0 ? `${heading}\n\nNo corpus is open` : `${heading}\n\n${table(corpora)}${partly(corpora)}`;
  const where = `\n\n${escaped(file)}`;
  if (corpora.some((corpus) => corpus.done < 1)) {
    const done = corpora.reduce((sum, corpus) => sum + Math.min(1, Math.max(0, corpus.done)), 0) / corpora.length;
    return plain(`$(sync~spin) Vidimus ${Math.floor(100 * done)} %`, tooltip + where);
  }
  const errors = total(corpora, 'errors');
  const warnings = total(corpora, 'warnings');
  const counts = errors + warnings === 0 ? '' : ` $(error) ${errors} $(warning) ${warnings}`;
  return plain(`$(verified) Vidimus${counts}`, tooltip + where);
}

function table(corpora: readonly CorpusStatus[]): string {
  const rows = corpora.map((corpus) => {
    const numbers = [corpus.texts, corpus.records, corpus.errors, corpus.warnings, corpus.notes];
    return `| ${escaped(corpus.name)} | ${numbers.join(' | ')} |`;
  });
  return ['| Corpus | Texts | Records | Errors | Warnings | Notes |', '|:---|---:|---:|---:|---:|---:|', ...rows].join('\n');
}

/** Counts are those of the files that were looked at. */
function partly(corpora: readonly CorpusStatus[]): string {
  const all = corpora.every((corpus) => corpus.checked >= corpus.texts);
  return all ? '' : '\n\nCounted in the files looked at so far; *Check the Corpus* looks at all';
}

function total(corpora: readonly CorpusStatus[], count: 'errors' | 'warnings'): number {
  return corpora.reduce((sum, corpus) => sum + corpus[count], 0);
}

/** Words as Markdown that shows them as they are. */
export function escaped(words: string): string {
  return words.replace(/[\\`*_{}[\]()#+\-.!|<>$~]/g, '\\$&').replace(/\s+/g, ' ');
}

function plain(text: string, tooltip: string): Shown {
  return { text, tooltip, level: 'plain' };
}

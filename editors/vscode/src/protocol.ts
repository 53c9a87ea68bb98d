/** What the server answers beyond the language server protocol: its own commands, asked by `workspace/executeCommand`. */
import type { Location, Position } from 'vscode-languageclient/node';

/** How one corpus is. */
export interface CorpusStatus {
  /** The corpus's folder, as an address. */
  readonly root: string;
  readonly name: string;
  readonly texts: number;
  readonly records: number;
  /** Whether all of it has been read. */
  readonly ready: boolean;
  /** How much is known of it: 0.5 when it has been read, 1 when it is also known what every file names. */
  readonly done: number;
  /** Of how many files the findings are counted. */
  readonly checked: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

/** The answer of `vidimus.status`, and what the notification `vidimus/status` tells. */
export interface Status {
  readonly version: string;
  readonly corpora: readonly CorpusStatus[];
}

/** A kind of record, and how many there are. */
export interface RecordType {
  readonly type: string;
  readonly label: string;
  readonly count: number;
}

/** One record and how often it is used. */
export interface CorpusRecord {
  readonly id: string;
  readonly name: string;
  readonly uses: number;
  readonly location: Location;
}

/** One text, and how many of its claims have a source. */
export interface CorpusText {
  readonly uri: string;
  readonly path: string;
  readonly sourced: number;
  readonly unsourced: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

/** A source that can be cited. */
export interface Citation {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  /** What is written where the cursor stands. */
  readonly insert: string;
}

/** The server's commands: what each is asked with, and what it answers. Outside a corpus the answer is `null`. */
export interface Commands {
  'vidimus.status': { asked: Record<string, never>; answer: Status };
  'vidimus.explain': { asked: { uri: string; position: Position }; answer: { title: string; markdown: string } };
  'vidimus.check': { asked: { uri?: string }; answer: { texts: number; errors: number; warnings: number; notes: number } };
  'vidimus.recordTypes': { asked: { uri: string }; answer: RecordType[] };
  'vidimus.records': {
    asked: { uri: string; type: string; offset?: number; limit?: number };
    answer: { total: number; records: CorpusRecord[] };
  };
  'vidimus.texts': { asked: { uri: string; offset?: number; limit?: number }; answer: { total: number; texts: CorpusText[] } };
  'vidimus.citations': { asked: { uri: string; query: string; limit?: number }; answer: Citation[] };
  'vidimus.newRecord': { asked: { uri: string; type: string; name: string; id?: string }; answer: { id: string; location: Location } };
}

/** The notification that tells how the corpora are. */
export const STATUS = 'vidimus/status';

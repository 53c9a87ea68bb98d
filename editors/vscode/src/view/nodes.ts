/** What the *Corpus* view is made of. */
import type { Location } from 'vscode-languageclient/node';

import type { CorpusRecord, CorpusStatus, CorpusText, RecordType } from '../protocol';
import type { Pages } from './pages';

/** One row of the tree. */
export type Node =
  | { readonly kind: 'corpus'; readonly corpus: CorpusStatus }
  | { readonly kind: 'records'; readonly corpus: CorpusStatus }
  | { readonly kind: 'texts'; readonly corpus: CorpusStatus; readonly pages: Pages<CorpusText> }
  | { readonly kind: 'type'; readonly type: RecordType; readonly pages: Pages<CorpusRecord> }
  | { readonly kind: 'record'; readonly record: CorpusRecord; readonly type: string }
  | { readonly kind: 'use'; readonly location: Location }
  | { readonly kind: 'text'; readonly text: CorpusText }
  /** Fetches the next page of `of`, and is gone. */
  | { readonly kind: 'more'; readonly of: Node; readonly pages: Pages<unknown> };

// One folder, and every way in which a server can be unwell.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const vscode = require('vscode');

const { OLD, PLAIN, CRASHING, GOOD, ID, LATER } = process.env;
const { activated, at, findings, message, messages, open, run, set, state, test, until, wish } = require('./harness.cjs');

exports.run = run;
const TEXT = 'analyses/draft-references.md';
let api;
let editor;

test('without a server the fault and its cures are told', async () => {
  api = await activated();
  assert.deepEqual((await state(api, 'faulty')).fault, { kind: 'missing', setting: '' });
  const { buttons } = await message(/no `?vidimus`? on PATH/);
  assert.deepEqual(buttons, ['How to Install', 'Open Settings', 'Try Again']);
});

test('a server that is too old is told with both versions', async () => {
  await set('server.path', OLD);
  await until('it is too old', () => api.state().fault?.kind === 'too-old');
  await message(/is version 0\.0\.9; this extension needs 0\.1\.0 or later/);
});

test('a file that may not be run is told', async () => {
  await set('server.path', PLAIN);
  await message(/plain`? may not be run/);
});

test('a server that comes later is found by trying again', async () => {
  await set('server.path', LATER);
  await message(/later`?, which the setting/);
  fs.symlinkSync(GOOD, LATER);
  await wish({ press: 'Try Again' });
  await state(api, 'running');
  assert.equal(api.state().server.origin, 'setting');
});

test('a server that falls at once is started four times more, and then no more', async () => {
  const states = [];
  const listening = api.onDidChangeState((now) => states.push(now.kind === 'waiting' ? now.delay : now.kind));
  await set('server.path', CRASHING);
  await state(api, 'given-up', 40_000);
  listening.dispose();
  assert.deepEqual(states.filter((told) => told !== 'starting'), [1000, 2000, 4000, 8000, 'given-up']);
  const { buttons } = await message(/stopped 5 times within 3 minutes/);
  assert.deepEqual(buttons, ['Restart', 'Show Log']);
  await wish({ press: 'Restart' });
  await until('it begins anew', () => api.state().kind === 'waiting' && api.state().delay === 1000);
});

test('another setting starts another server', async () => {
  await set('server.path', GOOD);
  await state(api, 'running');
  const status = await until('the corpus is read', () => {
    // A server that has begun, but has not yet found its folders, tells of no corpus at all.
    const told = api.status();
    return told?.corpora.length > 0 && told.corpora.every(({ ready }) => ready) && told;
  });
  assert.equal(status.corpora.length, 1);
  assert.ok(status.corpora[0].texts > 5 && status.corpora[0].records > 10, JSON.stringify(status));
});

test('every finding is shown once', async () => {
  editor = await open(TEXT);
  const found = await until('there are findings', () => findings(editor.document).length > 0 && findings(editor.document));
  assert.ok(found.includes('unknown-entity: lavrow'), found.join('\n'));
  assert.deepEqual(found, [...new Set(found)]);
});

test('a card is Markdown without trust', async () => {
  const [card] = await vscode.commands.executeCommand('vscode.executeHoverProvider', editor.document.uri, at(editor.document, 'tass-2017'));
  const [content] = card.contents;
  assert.ok(content.value.length > 20, content.value);
  assert.ok(!content.isTrusted && !content.supportHtml);
  assert.doesNotMatch(content.value, /<[a-z]+[ >]|command:/i);
});

test('no formatting is offered', async () => {
  const edits = await vscode.commands.executeCommand('vscode.executeFormatDocumentProvider', editor.document.uri, { tabSize: 2, insertSpaces: true });
  assert.ok(!edits || edits.length === 0);
});

test('records of the corpus are ours, though they are YAML', async () => {
  const registry = await open('registry/people.yaml');
  const uses = await until('uses are found', async () => {
    const found = await vscode.commands.executeCommand('vscode.executeReferenceProvider', registry.document.uri, at(registry.document, 'lavrov'));
    return found.length > 3 && found;
  });
  assert.ok(uses.some(({ uri }) => uri.path.endsWith('karabakh-2020.md')));
});

test('after a crash what was typed meanwhile is known', async () => {
  editor = await open(TEXT);
  process.kill(Number(fs.readFileSync(ID, 'utf8')), 'SIGKILL');
  await state(api, 'waiting');
  await editor.edit((edit) => edit.insert(new vscode.Position(editor.document.lineCount, 0), '\nThen [[nobody-at-all|somebody]] came.\n'));
  await state(api, 'running');
  const found = await until('the new mistake is found', () => {
    const now = findings(editor.document);
    return now.includes('unknown-entity: nobody-at-all') && now.includes('unknown-entity: lavrow') && now;
  });
  assert.deepEqual(found, [...new Set(found)]);
  await editor.edit((edit) => edit.insert(new vscode.Position(editor.document.lineCount, 0), 'And [[nobody-again]] too.\n'));
  await until('typing goes on', () => findings(editor.document).includes('unknown-entity: nobody-again'));
});

test('a setting of the server takes effect at once', async () => {
  const text = await open('analyses/karabakh-2020.md');
  const whole = new vscode.Range(0, 0, text.document.lineCount, 0);
  const lenses = () => vscode.commands.executeCommand('vscode.executeCodeLensProvider', text.document.uri);
  await until('there are lenses', async () => (await lenses()).length > 0);
  await set('codeLens', false);
  await until('there are none', async () => (await lenses()).length === 0);
  await set('codeLens', undefined);
  await until('there are some again', async () => (await lenses()).length > 0);
  await vscode.commands.executeCommand('vscode.executeInlayHintProvider', text.document.uri, whole);
});

test('an explanation is a page of its own, whose links lead into the corpus', async () => {
  editor = await open('analyses/karabakh-2020.md');
  const position = at(editor.document, 'lavrov');
  editor.selection = new vscode.Selection(position, position);
  await vscode.commands.executeCommand('vidimus.explainHere');
  const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
  await until(() => `a preview opens beside ${labels()}`, () => labels().some((label) => /^\[?Preview/.test(label)));
  const opened = await until('the record opens', async () => {
    // A page that is drawn but not yet wired does not hear the first click.
    await wish({ follow: 'people.yaml' });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const now = vscode.window.activeTextEditor;
    return now?.document.uri.path.endsWith('registry/people.yaml') && now;
  });
  assert.match(opened.document.lineAt(opened.selection.active.line).text, /id: lavrov/);
});

test('a citation is picked from a list', async () => {
  editor = await open(TEXT);
  const end = editor.document.lineAt(editor.document.lineCount - 2).range.end;
  editor.selection = new vscode.Selection(end, end);
  const inserted = vscode.commands.executeCommand('vidimus.insertCitation');
  await wish({ into: 'Insert citation', type: 'unhcr', key: 'Enter' });
  await inserted;
  assert.match(editor.document.lineAt(editor.document.lineCount - 2).text, / \[@unhcr-2020\]$/);
});

test('a new record is written and opened', async () => {
  await open(TEXT);
  const made = vscode.commands.executeCommand('vidimus.createRecord');
  await wish({ into: 'New record', type: 'person' });
  await wish({ into: 'New record', key: 'Enter' });
  await wish({ into: 'New record: People', type: 'Nora Quill', key: 'Enter' });
  await made;
  assert.match(vscode.window.activeTextEditor.document.uri.path, /people\.yaml$/);
  assert.match(vscode.window.activeTextEditor.document.getText(), /id: (nora-)?quill[\s\S]*Nora Quill/);
});

test('the corpus is checked, and the sum told', async () => {
  const since = messages().length;
  void vscode.commands.executeCommand('vidimus.checkCorpus');
  await message(/Vidimus checked \d+ texts: \d+ errors?, \d+ warnings?, \d+ notes?/, since);
});

test('a restart by command leaves one server', async () => {
  const before = fs.readFileSync(ID, 'utf8');
  await vscode.commands.executeCommand('vidimus.restartServer');
  await state(api, 'running');
  assert.notEqual(fs.readFileSync(ID, 'utf8'), before);
  assert.throws(() => process.kill(Number(before), 0), 'the old server still runs');
});

test('a corpus that goes, and one that comes, begin a new conversation', async () => {
  const settings = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'vidimus.toml');
  const before = fs.readFileSync(ID, 'utf8');
  await vscode.workspace.fs.delete(settings);
  await until('a new conversation begins', () => fs.readFileSync(ID, 'utf8') !== before && api.state().kind === 'running');
  await vscode.workspace.fs.writeFile(settings, Buffer.from('lang = "en"\n'));
  await until('the corpus is back', () => api.state().kind === 'running' && api.status()?.corpora.some(({ texts }) => texts > 5));
});

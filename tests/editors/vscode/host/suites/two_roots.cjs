// Two corpora in one window: one server, and each text its own records.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const vscode = require('vscode');

const { activated, at, findings, open, run, set, state, test, until } = require('./harness.cjs');

exports.run = run;
let api;
/** The text of the second corpus. */
let left;

/** The server's process. */
const id = () => fs.readFileSync(process.env.ID, 'utf8');

test('one server knows both', async () => {
  await set('server.path', process.env.GOOD);
  api = await activated();
  await state(api, 'running');
  const status = await until('both are read', () => {
    const corpora = api.status()?.corpora ?? [];
    return corpora.length === 2 && corpora.every(({ ready }) => ready) && api.status();
  });
  assert.deepEqual(status.corpora.map(({ name }) => name).sort(), ['first', 'second']);
});

test('a name means the record of its own corpus', async () => {
  for (const folder of vscode.workspace.workspaceFolders) {
    const { document } = await open('text.md', folder);
    left = document.uri;
    const places = await until('the definition is found', async () => {
      const found = await vscode.commands.executeCommand('vscode.executeDefinitionProvider', document.uri, at(document, 'keeper'));
      return found.length > 0 && found;
    });
    const uris = places.map((place) => (place.targetUri ?? place.uri).path);
    assert.deepEqual(uris, [`${folder.uri.path}/registry/people.yaml`]);
    await until('its own mistake is found', () => findings(document).includes(`unknown-entity: nobody-${folder.name}`));
  }
});

test('a folder that leaves takes its corpus with it, and the conversation goes on', async () => {
  const [server, folders] = [id(), () => vscode.workspace.workspaceFolders.map(({ name }) => name)];
  const seen = () => JSON.stringify({ folders: folders(), state: api.state(), status: api.status() });
  await until(() => `one is left: ${seen()}`, () => {
    // The window may take it back, when it cannot write the file of the workspace at once.
    if (folders().length === 2) vscode.workspace.updateWorkspaceFolders(1, 1);
    return folders().length === 1 && api.state().kind === 'running' && api.status()?.corpora.length === 1;
  });
  // A text of it is still open, and stands alone.
  assert.ok(vscode.workspace.textDocuments.some(({ uri }) => uri.path.endsWith('/second/text.md')), 'its text was closed');
  await until('nothing is found in it any more', () => vscode.languages.getDiagnostics(left).length === 0);
  assert.equal(id(), server);
});

test('a folder that comes brings its corpus', async () => {
  vscode.workspace.updateWorkspaceFolders(1, 0, { uri: vscode.Uri.joinPath(left, '..') });
  await until('both are there', () => api.state().kind === 'running' && api.status()?.corpora.length === 2);
  await until('its mistake is found again', () => vscode.languages.getDiagnostics(left).length === 1);
});

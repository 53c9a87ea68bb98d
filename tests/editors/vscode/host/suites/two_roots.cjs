// Two corpora in one window: one server, and each text its own records.
const assert = require('node:assert/strict');
const vscode = require('vscode');

const { activated, at, findings, open, run, set, state, test, until } = require('./harness.cjs');

exports.run = run;
let api;

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
    const places = await until('the definition is found', async () => {
      const found = await vscode.commands.executeCommand('vscode.executeDefinitionProvider', document.uri, at(document, 'keeper'));
      return found.length > 0 && found;
    });
    const uris = places.map((place) => (place.targetUri ?? place.uri).path);
    assert.deepEqual(uris, [`${folder.uri.path}/registry/people.yaml`]);
    await until('its own mistake is found', () => findings(document).includes(`unknown-entity: nobody-${folder.name}`));
  }
});

test('a folder that leaves takes its corpus with it', async () => {
  const folders = () => vscode.workspace.workspaceFolders.map(({ name }) => name);
  const seen = () => JSON.stringify({ folders: folders(), state: api.state(), status: api.status() });
  await until(() => `one is left: ${seen()}`, () => {
    // The window may take it back, when it cannot write the file of the workspace at once.
    if (folders().length === 2) vscode.workspace.updateWorkspaceFolders(1, 1);
    return api.state().kind === 'running' && api.status()?.corpora.length === 1;
  });
});

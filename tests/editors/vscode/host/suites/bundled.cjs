// The package of a platform: nothing is installed, nothing is set, and it works.
const assert = require('node:assert/strict');
const vscode = require('vscode');

const { activated, findings, messages, open, run, state, test, until } = require('./harness.cjs');

exports.run = run;

test('the server that came with the extension is used', async () => {
  const api = await activated();
  await state(api, 'running');
  assert.equal(api.state().server.origin, 'bundled');
  const { document } = await open('analyses/draft-sourcing.md');
  await until('there are findings', () => findings(document).some((finding) => finding.startsWith('unsourced-claim')));
  assert.deepEqual(messages(), []);
});

test('all that package.json promises is there', async () => {
  const known = await vscode.commands.getCommands(true);
  const { contributes } = vscode.extensions.getExtension('vidimus.vidimus').packageJSON;
  for (const { command } of contributes.commands) assert.ok(known.includes(command), command);
});

// A folder that nobody has trusted yet names a server of its own.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const vscode = require('vscode');

const { activated, run, state, test } = require('./harness.cjs');

exports.run = run;

test('what the folder says of the server is not heard', async () => {
  assert.equal(vscode.workspace.isTrusted, false);
  const api = await activated();
  assert.deepEqual((await state(api, 'faulty')).fault, { kind: 'missing', setting: '' });
  assert.ok(!fs.existsSync(process.env.ID), 'it was run');
});

// What all suites need. It runs inside the extension host.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const HAND = process.env.HAND;
const tests = [];

/** A test; they run in their order, and each may build on those before it. */
exports.test = (name, run) => tests.push({ name, run });

/** Waits until `look` answers something, and answers it; `what` may be words or what makes them. */
exports.until = async (what, look, patience = 15_000) => {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain until ${typeof what === 'function' ? what() : what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const { until } = exports;

/** Asks the hand for something, and waits until it is done. */
exports.wish = async (wish) => {
  const [asked, taken] = [path.join(HAND, 'wish'), path.join(HAND, 'taken')];
  fs.writeFileSync(`${asked}.new`, JSON.stringify(wish));
  fs.renameSync(`${asked}.new`, asked);
  await until(`the hand did ${JSON.stringify(wish)}`, () => !fs.existsSync(asked) && !fs.existsSync(taken));
};

/** Waits for a message with these words that was not there when `since` was counted. */
exports.message = (words, since = 0) => until(`a message says ${words}`, () => exports.messages().slice(since).find((message) => words.test(message.words)));

/** All messages so far; a line that is still being written is none yet. */
exports.messages = () => {
  const file = path.join(HAND, 'messages');
  const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return lines.map((line) => JSON.parse(line));
};

/** The extension under test, started. */
exports.activated = async () => {
  const extension = vscode.extensions.getExtension('vidimus.vidimus');
  assert.ok(extension, 'the extension is not there');
  return extension.activate();
};

/** Waits for a state of the server, and answers it. */
exports.state = (api, kind, patience) => until(() => `the server is ${kind}: it is ${JSON.stringify(api.state())}`, () => api.state().kind === kind && api.state(), patience);

/** Sets one of our settings for the folder. */
exports.set = (name, value) => vscode.workspace.getConfiguration('vidimus').update(name, value, vscode.ConfigurationTarget.Workspace);

/** Opens a text of a folder. */
exports.open = async (name, folder = vscode.workspace.workspaceFolders[0]) => {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  return vscode.window.showTextDocument(document);
};

/** Our findings in a text: `rule: words`. */
exports.findings = (document) =>
  vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'vidimus')
    .map(({ code, range }) => `${code?.value ?? code}: ${document.getText(range)}`);

/** Where words stand in a text. */
exports.at = (document, words) => {
  const offset = document.getText().indexOf(words);
  assert.ok(offset >= 0, `${words} is not in ${document.uri.path}`);
  return document.positionAt(offset);
};

/** Runs all tests; the first failure ends them, since the later ones build on it. */
exports.run = async () => {
  let failed = 0;
  for (const [index, { name, run }] of tests.entries()) {
    const begun = Date.now();
    try {
      await run();
      console.log(`ok ${index + 1} - ${name} (${Date.now() - begun} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${index + 1} - ${name}\n${error.stack}`);
      break;
    }
  }
  if (failed > 0) throw new Error(`${failed} failed`);
};

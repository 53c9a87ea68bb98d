#!/usr/bin/env python3
"""What Pandoc makes of the cases in fixtures/pandoc/cases.tsv, citations and bracketed spans alone.

  oracle.py            checks the record beside the cases against the Pandoc found
  oracle.py --write    writes it anew

Each line of the file is a case, a tab, and the record. Line ends in a case are written `\\n`. Pandoc comes from PyPI's
`pypandoc-binary`, else from the path. Without one, nothing is checked.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

CASES = pathlib.Path(__file__).parents[2] / "fixtures/pandoc/cases.tsv"
READER = "markdown-smart"
SCRIPT = """
for line in io.lines(arg[1]) do
  local case = pandoc.json.decode(line, false)
  io.write(pandoc.write(pandoc.read(case, '%s'), 'json'), '\\n')
end
""" % READER
MODES = {"NormalCitation": "cite", "SuppressAuthor": "minus", "AuthorInText": "narrative"}


def pandoc():
    try:
        import pypandoc

        return pypandoc.get_pandoc_path()
    except ImportError:
        return shutil.which("pandoc")


def words(inlines):
    """The words of inlines, marks gone, white space single."""
    out = []

    def walk(node):
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            kind, content = node.get("t"), node.get("c")
            if kind == "Str":
                out.append(content)
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                out.append(" ")
            elif kind in ("Code", "Math"):
                out.append(content[1])
            elif kind == "Cite":
                walk(content[1])
            elif kind in ("Link", "Span"):
                walk(content[1])
            elif kind in ("RawInline", "Note"):
                pass
            elif content is not None:
                walk(content)

    walk(inlines)
    return " ".join("".join(out).replace("\u00a0", " ").split())


def summary(document):
    found = []

    def walk(node):
        if isinstance(node, list):
            for child in node:
                walk(child)
            return
        if not isinstance(node, dict):
            return
        kind, content = node.get("t"), node.get("c")
        if kind == "Cite":
            items = []
            for c in content[0]:
                before, after = words(c["citationPrefix"]), words(c["citationSuffix"]).lstrip(",").strip()
                items.append(f"{MODES[c['citationMode']['t']]} <{before}> {c['citationId']} <{after}>")
            found.append(" + ".join(items))
            for c in content[0]:
                walk(c["citationPrefix"])
                walk(c["citationSuffix"])
            return
        if kind == "Span":
            identifier, classes, pairs = content[0]
            found.append("span " + " ".join([f"#{identifier}"] * bool(identifier) + [f".{c}" for c in classes] + [f"{k}={v}" for k, v in pairs]))
        walk(content)

    walk(document["blocks"])
    return " | ".join(found).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def unescape(case):
    return case.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace("\0", "\\")


def main():
    program = pandoc()
    if not program:
        print("no pandoc found: the record is not checked")
        return 0
    lines = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        script, cases = pathlib.Path(folder, "read.lua"), pathlib.Path(folder, "cases.jsonl")
        script.write_text(SCRIPT)
        cases.write_text("".join(json.dumps(unescape(line[0])) + "\n" for line in lines))
        run = subprocess.run([program, "lua", script, cases], capture_output=True, text=True, check=True, encoding="utf-8")
    record = [(line[0], summary(json.loads(answer))) for line, answer in zip(lines, run.stdout.splitlines(), strict=True)]
    if "--write" in sys.argv:
        CASES.write_text("".join(f"{case}\t{found}\n" for case, found in record), encoding="utf-8")
        return 0
    wrong = [(case, found, line[1]) for (case, found), line in zip(record, lines) if found != line[1]]
    for case, found, recorded in wrong:
        print(f"{case}\n  pandoc   {found}\n  recorded {recorded}")
    return bool(wrong)


sys.exit(main())

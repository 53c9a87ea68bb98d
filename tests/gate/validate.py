"""Holds reports against their schemas: `validate.py SCHEMAS REPORTS`.

A report's ending says its format: `x.sarif`, `x.gitlab` … Beside `x.json` lies what `--format json` says of the same corpus:
every format must tell the same findings in the same order. Prints what is wrong, and fails when anything is.
"""

import json
import pathlib
import re
import sys
import urllib.parse

import jsonschema
import yaml
from lxml import etree

SCHEMAS, REPORTS = map(pathlib.Path, sys.argv[1:3])
troubles = []


def against(schema, value, name):
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    for error in validator(schema).iter_errors(value):
        troubles.append(f"{name}: {error.json_path}: {error.message[:300]}")


def of_json(path, schema):
    value = json.loads(path.read_bytes().decode("utf-8"))
    against(json.loads((SCHEMAS / schema).read_text("utf-8")), value, path.name)
    return value


def of_xml(path, schema):
    tree = etree.fromstring(path.read_bytes())
    xsd = etree.XMLSchema(etree.parse(str(SCHEMAS / schema)))
    if not xsd.validate(tree):
        troubles.extend(f"{path.name}: {error}" for error in xsd.error_log)
    return tree


def sarif(path):
    (run,) = of_json(path, "sarif-2.1.0.json")["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    listed = {artifact["location"]["uri"] for artifact in run["artifacts"]}
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        uri, region = place["artifactLocation"]["uri"], place["region"]
        if rules[result["ruleIndex"]] != result["ruleId"] or uri not in listed:
            troubles.append(f"{path.name}: {result['ruleId']} in {uri} names no rule or artifact")
        if not result["suppressions"]:
            yield result["ruleId"], urllib.parse.unquote(uri), region["startLine"]


def gitlab(path):
    issues = of_json(path, "gitlab-code-quality.json")
    if len({issue["fingerprint"] for issue in issues}) != len(issues):
        troubles.append(f"{path.name}: a fingerprint stands twice")
    return [(i["check_name"], i["location"]["path"], i["location"]["lines"]["begin"]) for i in issues]


def rdjson(path):
    found = of_json(path, "rdjson.json")["diagnostics"]
    return [(d["code"]["value"], d["location"]["path"], d["location"]["range"]["start"]["line"]) for d in found]


def checkstyle(path):
    for file in of_xml(path, "checkstyle.xsd"):
        for error in file:
            yield error.get("source").removeprefix("vidimus."), file.get("name"), int(error.get("line"))


def junit(path):
    for suite in of_xml(path, "junit-10.xsd"):
        cases = suite.findall("testcase")
        failed = [case for case in cases if case.find("failure") is not None]
        if int(suite.get("tests")) != len(cases) or int(suite.get("failures")) != len(failed):
            troubles.append(f"{path.name}: {suite.get('name')} counts wrongly")
        for case in cases:
            if named := re.fullmatch(r"([a-z-]+) at (\d+):\d+", case.get("name")):
                yield named[1], suite.get("name"), int(named[2])


COMMAND = re.compile(r"::(?:error|warning|notice) file=([^,:]*),line=(\d+)(?:,[a-zA-Z]+=[^,:]*)*,title=([^,:]*)::[^\r\n]+")


def github(path):
    plain = lambda text: text.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    for line in path.read_text("utf-8").splitlines():
        if command := COMMAND.fullmatch(line):
            yield plain(command[3]), plain(command[1]), int(command[2])
        else:
            troubles.append(f"{path.name}: no workflow command: {line}")


def said(path):
    return [(d["rule"], d["path"], d["start"]["line"]) for d in json.loads(path.read_text("utf-8"))["diagnostics"]]


FORMATS = {".sarif": sarif, ".gitlab": gitlab, ".rdjson": rdjson, ".checkstyle": checkstyle, ".junit": junit, ".github": github}

reports = 0
for path in sorted(REPORTS.iterdir()):
    if read := FORMATS.get(path.suffix):
        reports += 1
        found, expected = list(read(path)), said(path.with_suffix(".json"))
        if found != expected:
            troubles.append(f"{path.name}: {len(found)} findings, `json` has {len(expected)}, or they differ")

# Records as the fixtures have them, and the settings, hold what our own schemas ask.
if (REPORTS / "record.schema").exists():
    schema = json.loads((REPORTS / "record.schema").read_text("utf-8"))
    for path in sorted((SCHEMAS.parent / "peacekeeping" / "registry").iterdir()):
        text = path.read_text("utf-8")
        records = [json.loads(line) for line in text.splitlines() if line] if path.suffix == ".jsonl" else yaml.load(text, yaml.BaseLoader)
        against(schema, records, path.name)
        reports += 1
    wrong = jsonschema.Draft7Validator(schema)
    for bad in [{"id": "a"}, {"id": "A b", "type": "person"}, [{"id": "a", "type": "org", "nmae": "A"}]]:
        if wrong.is_valid(bad):
            troubles.append(f"the schema of records lets {bad} pass")
if (REPORTS / "config.schema").exists():
    import tomllib

    schema = json.loads((REPORTS / "config.schema").read_text("utf-8"))
    settings = tomllib.loads((SCHEMAS.parent / "peacekeeping" / "vidimus.toml").read_text("utf-8"))
    against(schema, settings, "vidimus.toml")
    reports += 1
    broken = tomllib.loads((SCHEMAS.parent / "broken" / "vidimus.toml").read_text("utf-8"))
    for bad in [broken, {"exlude": []}, {"rules": {"unsourced-claim": "loud"}}]:
        if jsonschema.Draft7Validator(schema).is_valid(bad):
            troubles.append(f"the schema of settings lets {bad} pass")
if (REPORTS / "settings.schema").exists():
    schema = json.loads((REPORTS / "settings.schema").read_text("utf-8"))
    against(schema, {"vidimus.codeLens": False, "editor.fontSize": 12}, "settings.json")
    reports += 1
    if jsonschema.Draft7Validator(schema).is_valid({"vidimus.codeLens": "no"}):
        troubles.append("the schema of an editor's settings lets a word pass for a switch")

print("\n".join(troubles))
print(f"{reports} reports, {len(troubles)} troubles")
sys.exit(bool(troubles) or not reports)

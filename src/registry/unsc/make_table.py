#!/usr/bin/env python3
"""Makes the built-in table of Security Council resolutions.

    make_table.py INPUT.tsv OUTPUT

INPUT has a header and the columns number, year, date, meeting, agenda_topic, title, vote. They are facts of the United Nations
(Dag Hammarskjöld Library, UN Digital Library, DGACM), which is acknowledged as their source.

OUTPUT is text in UTF-8: a line with the number of agenda items; the items, a line each; then a line for each number from 1 on:
year of the symbol, day as YYYYMMDD (00 where unknown), meeting, number of the agenda item from 0, vote, title, between tabs. A
number that INPUT does not have gets an empty line.
"""
import csv
import re
import sys

MONTHS = "January February March April May June July August September October November December".split()


def day(text, year):
    """`25 January 1946`, `29/30 November 1947` (the last day counts), `2015-12-18 00:00:00`."""
    unknown = f"{year}0000"
    if m := re.match(r"(\d{4})-(\d\d)-(\d\d)", text):
        return "".join(m.groups()) if m[1] == year else unknown
    if m := re.search(r"(\d{1,2}) (\w+) (\d{4})", text):
        return f"{m[3]}{MONTHS.index(m[2]) + 1:02}{int(m[1]):02}" if m[3] == year else unknown
    return unknown


def misplaced(days):
    """Numbers whose day lies behind that of the two next: numbers are given in the order of adoption, so the day is a slip."""
    known = [n for n in sorted(days) if not days[n].endswith("00")]
    return {a for a, b, c in zip(known, known[1:], known[2:]) if days[a] > days[b] and days[a] > days[c]}


def agenda(text):
    """Items that were glued together (`... paragraphs 1 and 2Discussion of ...`) are parted by a semicolon."""
    return re.sub(r"(?<=[a-z0-9)])(?=[A-Z][a-z])", "; ", " ".join(text.split()))


def title(text):
    """`Security Council resolution 2254 (2015) [on the situation ...]` says twice what the row says: only the subject is kept."""
    text = " ".join(text.split()).removesuffix(" /")
    if m := re.fullmatch(r"(?:[\w-]+ )*resolution(?: \d+ \(\d+\))? \[(.*)\]", text, re.I):
        text = m[1]
    return text[:1].upper() + text[1:]


def main(source, target):
    with open(source, newline="", encoding="utf-8") as f:
        rows = {int(r["number"]): r for r in csv.DictReader(f, delimiter="\t")}
    days = {n: day(r["date"], r["year"]) for n, r in rows.items()}
    days |= {n: f"{rows[n]['year']}0000" for n in misplaced(days)}
    items = sorted({agenda(r["agenda_topic"]) for r in rows.values()})
    lines = [str(len(items)), *items]
    for number in range(1, max(rows) + 1):
        r = rows.get(number)
        item = r and str(items.index(agenda(r["agenda_topic"])))
        fields = r and [r["year"], days[number], r["meeting"], item, r["vote"], title(r["title"])]
        lines.append("\t".join(fields) if fields else "")
    with open(target, "w", newline="\n", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])

#!/usr/bin/env python3
"""From each numbered item of a paper to the lines that compute it, its checker, its tests and its catalogue entry.

    tools/trace.py            writes docs/trace.md from docs/sources.toml and the tags in the tree
    tools/trace.py --check    writes nothing; fails where an item marked `computed = true` has no code, no checker or no test,
                              where a tag names an item that its source does not have, and where docs/trace.md has other
                              items or files than it should (line numbers may have moved)

A tag stands in a comment above the lines that compute an item: [MW25] Thm 5; [MW25] eq. (26) to (28); [FR] Prop. 1, Lemma 2.
Code is src/ and include/, checkers are src/verify/, tests are tests/ and the catalogue, which a test recomputes.
"""
import json
import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
KINDS = {
    "thm": "Theorem", "theorem": "Theorem", "theorems": "Theorem", "thms": "Theorem", "def": "Definition", "defs": "Definition",
    "definition": "Definition", "definitions": "Definition", "lemma": "Lemma", "lemmas": "Lemma", "cor": "Corollary",
    "corollary": "Corollary", "prop": "Proposition", "props": "Proposition", "proposition": "Proposition",
    "propositions": "Proposition", "sec": "Section", "section": "Section", "sections": "Section", "table": "Table",
    "tables": "Table", "figure": "Figure", "figures": "Figure", "fig": "Figure", "figs": "Figure", "example": "Example",
    "examples": "Example", "ex": "Example", "eq": "eq.", "eqs": "eq.", "equation": "eq.", "equations": "eq.",
    "footnote": "footnote", "assumption": "Assumption", "claim": "Claim", "remark": "Remark", "appendix": "Appendix",
    "condition": "Condition", "axiom": "Axiom", "algorithm": "Algorithm", "fact": "Fact", "observation": "Observation",
}
KIND = re.compile(r"(" + "|".join(sorted(KINDS, key=len, reverse=True)) + r")\b\.?\s*", re.IGNORECASE)
NUMBER = re.compile(r"\(?([0-9]+(?:\.[0-9]+)*[a-z]?|[A-Z](?:\.[0-9]+)+|[IVX]+(?![A-Za-z])|[A-Z](?![A-Za-z]))\)?")
JOIN = re.compile(r"\s*(,\s*and\b|,|;|\band\b|\bto\b|--|-(?=\s*\(?[0-9]))\s*")


def expand(first, last):
    """The numbers between two, when both end in a plain integer: (20) to (23), 5.1 to 5.3."""
    a, b = re.fullmatch(r"(.*?)([0-9]+)", first), re.fullmatch(r"(.*?)([0-9]+)", last)
    if not a or not b or a[1] != b[1] or int(b[2]) - int(a[2]) > 60:
        return [last]
    return [f"{a[1]}{k}" for k in range(int(a[2]) + 1, int(b[2]) + 1)]


def name(kind, number):
    return f"eq. ({number})" if kind == "eq." else f"{kind} {number}"


def read_items(text):
    """The items at the beginning of a text, up to the first word that belongs to none."""
    items, kind, last, at, join = [], None, None, 0, ""
    while True:
        found = KIND.match(text, at)
        if found:
            kind, last, at = KINDS[found[1].lower()], None, found.end()
        elif text[at:at + 1] == "(" and kind is None:
            kind = "eq."
        found = NUMBER.match(text, at) if kind else None
        if not found:
            return items
        numbers = expand(last, found[1]) if join in ("to", "-", "--") and last else [found[1]]
        items += [name(kind, n) for n in numbers]
        last, at = found[1], found.end()
        found = JOIN.match(text, at)
        if not found:
            return items
        join, at = found[1], found.end()


def comments(path):
    """(line, text) of each tag: the comment from the tag on, its lines joined."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for k, line in enumerate(lines):
        for tag in re.finditer(r"\[([A-Za-z]+[0-9]*)\]\s*", line):
            rest = line[tag.end():]
            for more in lines[k + 1:k + 3]:
                if "*/" in rest or not re.match(r"\s*\*", more):
                    break
                rest += " " + re.sub(r"^\s*\*\s*", "", more)
            yield k + 1, tag[1], rest.split("*/")[0]


def place(path):
    parts = path.relative_to(ROOT).parts
    if parts[:2] == ("src", "verify"):
        return "checker"
    return "test" if parts[0] == "tests" else "code"


def find_tags(sources):
    tags = {}
    for folder in ("src", "include", "tests"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".c", ".h", ".def"):
                continue
            for line, key, rest in comments(path):
                for item in read_items(rest) if key in sources else []:
                    tags.setdefault((key, item), {}).setdefault(place(path), []).append((path.relative_to(ROOT).as_posix(), line))
    for path in sorted((ROOT / "catalog").glob("*/*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        texts = [document.get("item", "")] + [re.sub(r"^p+\. ?[0-9ivx, -]+", "", c.get("where", "")) for c in document.get("claims", [])]
        for item in {i for text in texts for part in re.split(r"[;,]\s+(?=[A-Z(])", text) for i in read_items(part)}:
            tags.setdefault((document.get("key"), item), {}).setdefault("catalogue", []).append((path.relative_to(ROOT).as_posix(), 1))
    return tags


def shown(places, with_lines):
    """One file once, with its first lines."""
    files = {}
    for path, line in places:
        files.setdefault(path, []).append(str(line))
    return ", ".join(f"{path}:{files[path][0]}" if with_lines and not path.endswith(".json") else path for path in files) or "-"


def page(source, tags, key, with_lines=True):
    out = [f"## [{key}] {source['title']}", "", f"Edition: {source['edition']}.", "",
           "| item | page | what | code | checker | tests | catalogue |", "|---|---|---|---|---|---|---|"]
    for item in source["item"]:
        found = tags.get((key, item["item"]), {})
        columns = [shown(found.get(c, []), with_lines) for c in ("code", "checker", "test", "catalogue")]
        if not item["computed"]:
            columns[0] = columns[0] if found.get("code") else f"nothing to compute: {item['why']}"
        if item.get("checker") and not found.get("checker"):
            columns[1] = item["checker"]
        out.append(f"| {item['item']} | {item.get('page', '')} | {item['what']} | " + " | ".join(columns) + " |")
    return out + [""]


def trace(sources, tags, with_lines=True):
    out = ["# From the papers to the code", "",
           "Generated by `tools/trace.py` from docs/sources.toml and the tags of the tree; do not edit. `entente where \"MW25 Thm 5\"` reads this page.", ""]
    for key, source in sources.items():
        out += page(source, tags, key, with_lines)
    return "\n".join(out)


def complaints(sources, tags):
    for key, source in sources.items():
        known = {item["item"] for item in source["item"]}
        for item in source["item"]:
            found = tags.get((key, item["item"]), {})
            if not item["computed"]:
                if not item.get("why"):
                    yield f"[{key}] {item['item']}: says that there is nothing to compute, and not why"
                continue
            if not found.get("code"):
                yield f"[{key}] {item['item']}: no code has its tag"
            if not found.get("checker") and not item.get("checker"):
                yield f"[{key}] {item['item']}: no checker has its tag"
            if not found.get("test") and not found.get("catalogue"):
                yield f"[{key}] {item['item']}: no test and no catalogue entry has its tag"
        for (tagged, item), found in sorted(tags.items()):
            if tagged == key and item not in known:
                where = next((p for c in ("code", "checker", "test") for p in found.get(c, [])), None)
                if where:
                    yield f"{where[0]}:{where[1]}: [{key}] {item} is not in docs/sources.toml"


def main():
    sources = tomllib.loads((ROOT / "docs/sources.toml").read_text(encoding="utf-8"))
    tags = find_tags(sources)
    target = ROOT / "docs/trace.md"
    if "--check" not in sys.argv[1:]:
        target.write_text(trace(sources, tags), encoding="utf-8")
        return 0
    wrong = list(complaints(sources, tags))
    written = re.sub(r"(\.[chdef]+):[0-9]+", r"\1", target.read_text(encoding="utf-8")) if target.exists() else ""
    if written != trace(sources, tags, with_lines=False):
        wrong.append("docs/trace.md is not what the tags say: run tools/trace.py")
    for line in wrong:
        print(f"trace: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

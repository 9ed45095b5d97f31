#!/usr/bin/env python3
"""Fails on an #include, a library header or a call that docs/layers.toml does not allow, and on two sources of one name.

usage: tools/layers.py [ROOT]
"""
import re
import sys
import tomllib
from pathlib import Path

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def closure(rooms):
    """Every room with all rooms below it; exits when the table has a cycle or an unknown room."""
    below = {}

    def visit(room, path):
        if room in path:
            sys.exit(f"docs/layers.toml: cycle {' -> '.join(path + [room])}")
        if room not in rooms:
            sys.exit(f"docs/layers.toml: \"{path[-1]}\" names an unknown room \"{room}\"")
        if room not in below:
            below[room] = {room}.union(*(visit(r, path + [room]) for r in rooms[room]))
        return below[room]

    for room in rooms:
        visit(room, [])
    return below


def without_noise(text):
    """The text without comments, strings and character constants; lines keep their numbers."""
    return NOISE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def room_of(path, root):
    parts = path.relative_to(root).parts
    return parts[1] if parts[0] == "src" else parts[0]


def check_file(path, root, table, below):
    room = room_of(path, root)
    shown = path.relative_to(root)
    if room not in below and room != "include":
        yield f"{shown}: the room \"{room}\" is not in docs/layers.toml"
        return
    text = path.read_text(encoding="utf-8")
    for match in INCLUDE.finditer(text):
        where = f"{shown}:{text.count(chr(10), 0, match.start()) + 1}"
        kind, header = match.groups()
        target = header.split("/")[0]
        if header in table["only"] and room not in table["only"][header]:
            yield f"{where}: <{header}> stays in {', '.join(table['only'][header])}"
        if kind == "<" or target == "entente" or "/" not in header:
            continue
        if room == "include":
            yield f"{where}: a public header includes \"{header}\""
        elif target not in below[room] and header not in table["headers"].get(room, []):
            yield f"{where}: {room} may not include \"{header}\""
    bare = without_noise(text)
    for name, rooms in table["calls"].items():
        if room in rooms:
            continue
        for match in re.finditer(rf"(?<![\w.>]){name}\s*\(", bare):
            yield f"{shown}:{bare.count(chr(10), 0, match.start()) + 1}: {name}() stays in {', '.join(rooms)}"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    table = tomllib.loads((root / "docs/layers.toml").read_text(encoding="utf-8"))
    below = closure(table["rooms"])
    files = sorted(p for top in ("src", "include", "app") for kind in ("*.c", "*.h", "*.def") for p in (root / top).rglob(kind))
    problems = [problem for path in files for problem in check_file(path, root, table, below)]
    seen = {}
    for path in files:
        if path.relative_to(root).parts[0] != "src" or path.name in ("settings.def", "settings.h", "methods.c", "solve.h", "tables.c", "rows.c"):
            continue  # the parts that every family has, under the same names
        if path.name in seen:
            problems.append(f"{path.relative_to(root)}: shares its name with {seen[path.name]}")
        seen[path.name] = path.relative_to(root)
    for problem in problems:
        print(problem)
    print(f"layers: {len(files)} files, {len(problems)} problems")
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())

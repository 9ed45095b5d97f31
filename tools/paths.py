#!/usr/bin/env python3
"""Fails on names of files that are not there: paths in comments and pages, and the links of pages.

A path counts when it begins with a folder of the tree; includes are looked for below src/ and include/, too. What a page shows of
somebody's own files begins otherwise.

usage: tools/paths.py [ROOT]
"""
import re
import sys
from pathlib import Path

TOPS = "app bench catalog cmake completion docs examples include man schema src tests tools"
NAMED = re.compile(rf"(?<![\w/.-])((?:{'|'.join(TOPS.split())})/[\w./-]+\.(?:cmake|toml|json|def|awk|txt|csv|svg|md|py|sh|c|h|t))(?!\.?\w)")
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
READ = {".c", ".h", ".md", ".py", ".def", ".cmake", ".toml", ".sh", ".txt", ""}


def texts(root):
    for top in [*TOPS.split(), "."]:
        for path in sorted((root / top).glob("*") if top == "." else (root / top).rglob("*")):
            if path.is_file() and path.suffix in READ and "corpus" not in path.parts and path.name != "trace.md":
                yield path


def missing(root, path, text):
    """(place in the text, name) of every file that is named and not there."""
    for match in NAMED.finditer(text):
        name = match.group(1)
        if not any((root / below / name).exists() for below in ("", "src", "include")):
            yield match.start(), name
    for match in LINK.finditer(text) if path.suffix == ".md" else ():
        name = match.group(1)
        if "://" not in name and not (path.parent / name).exists():
            yield match.start(), name


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    problems, count = [], 0
    for path in texts(root):
        text = path.read_text(encoding="utf-8", errors="replace")
        count += 1
        for at, name in missing(root, path, text):
            problems.append(f"{path.relative_to(root)}:{text.count(chr(10), 0, at) + 1}: there is no {name}")
    for problem in problems:
        print(problem)
    print(f"paths: {count} files, {len(problems)} problems")
    return 1 if problems or not count else 0


if __name__ == "__main__":
    sys.exit(main())

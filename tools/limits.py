#!/usr/bin/env python3
"""Fails on functions and files beyond the limits of docs/style.md: 60 lines, complexity 15, nesting 3 a function; 400 lines a file;
100 columns, but for lines that hold a string: texts are not broken for their width.

Complexity is 1 + the number of if, for, while, case, &&, || and ?: in the function. Nesting counts control statements inside one
another; `else if` stays on the level of its `if`. Exceptions stand in tools/limits.txt, one a line: "path function reason".

usage: tools/limits.py [--list] [ROOT]
"""
import re
import sys
from pathlib import Path

LINES, COMPLEXITY, NESTING, FILE_LINES, COLUMNS = 60, 15, 3, 400, 100
TOKEN = re.compile(r"[A-Za-z_]\w*|\d[\w.]*|&&|\|\||\S")
NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.M)
NOT_FUNCTIONS = {"if", "for", "while", "switch", "return", "sizeof", "do", "else", "__attribute__"}


def blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def tokens_of(text):
    """Tokens with their line numbers, without comments, strings and preprocessor lines."""
    text = DIRECTIVE.sub(blank, NOISE.sub(blank, text))
    out, line, at = [], 1, 0
    for match in TOKEN.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        out.append((match.group(), line))
    return out


def skip(tokens, k, opening, closing):
    """The place after the bracket that closes the one at k."""
    depth = 0
    while k < len(tokens):
        depth += (tokens[k][0] == opening) - (tokens[k][0] == closing)
        k += 1
        if depth == 0:
            break
    return k


def statement(tokens, k, end, depth):
    """(place after the statement at k, deepest nesting of control statements in it)."""
    word = tokens[k][0]
    if word == "{":
        k, deepest = k + 1, depth
        while k < end and tokens[k][0] != "}":
            k, below = statement(tokens, k, end, depth)
            deepest = max(deepest, below)
        return k + 1, deepest
    if word in ("if", "for", "while", "switch"):
        k, deepest = statement(tokens, skip(tokens, k + 1, "(", ")"), end, depth + 1)
        if word == "if" and k < end and tokens[k][0] == "else":
            chained = tokens[k + 1][0] == "if"
            k, below = statement(tokens, k + 1, end, depth if chained else depth + 1)
            deepest = max(deepest, below)
        return k, deepest
    if word == "do":
        k, deepest = statement(tokens, k + 1, end, depth + 1)
        return skip(tokens, k + 1, "(", ")") + 1, deepest
    while k < end and tokens[k][0] not in (";", "}"):
        k = skip(tokens, k, tokens[k][0], {"(": ")", "{": "}", "[": "]"}[tokens[k][0]]) if tokens[k][0] in "({[" else k + 1
    return (k + 1 if k < end and tokens[k][0] == ";" else k), depth


def functions(tokens):
    """(name, lines, complexity, nesting) of every function definition."""
    k, start = 0, 0
    while k < len(tokens):
        word = tokens[k][0]
        if word in (";", "}"):
            start = k + 1
        if word == "(" and k and re.match(r"[A-Za-z_]", tokens[k - 1][0]) and tokens[k - 1][0] not in NOT_FUNCTIONS:
            name, after = tokens[k - 1][0], skip(tokens, k, "(", ")")
            if after < len(tokens) and tokens[after][0] == "{":
                end = skip(tokens, after, "{", "}")
                body = [t for t, _ in tokens[after:end]]
                complexity = 1 + sum(body.count(t) for t in ("if", "for", "while", "case", "&&", "||", "?"))
                nesting = statement(tokens, after, end - 1, 0)[1]
                yield name, tokens[end - 1][1] - tokens[start][1] + 1, complexity, nesting
                k, start = end, end
                continue
            k = after
            continue
        if word == "{":
            k = start = skip(tokens, k, "{", "}")
            continue
        k += 1


def too_wide(root):
    """Lines of C beyond the columns, of the tests and benchmarks too."""
    for top in ("src", "include", "app", "tests", "bench"):
        for path in sorted(p for kind in ("*.c", "*.h") for p in (root / top).rglob(kind)):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if len(line) > COLUMNS and '"' not in line:
                    yield f"{path.relative_to(root)}:{number}: {len(line)} columns (at most {COLUMNS})"


def exceptions(root):
    path, out = root / "tools/limits.txt", {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line.strip() and not line.startswith("#"):
            where, name, reason = line.split(maxsplit=2)
            out[where, name] = reason
    return out


def main():
    arguments = [a for a in sys.argv[1:] if a != "--list"]
    root = Path(arguments[0] if arguments else Path(__file__).parent.parent).resolve()
    allowed, used, problems, count = exceptions(root), set(), [], 0
    files = sorted(p for top in ("src", "include", "app") for kind in ("*.c", "*.h") for p in (root / top).rglob(kind))
    for path in files:
        shown = str(path.relative_to(root))
        text = path.read_text(encoding="utf-8")
        found = [("-", text.count("\n"), 0, 0, FILE_LINES)] + [(*f, LINES) for f in functions(tokens_of(text))]
        for name, lines, complexity, nesting, most in found:
            count += name != "-"
            if "--list" in sys.argv and name != "-":
                print(f"{lines:4} {complexity:3} {nesting:2}  {shown} {name}")
            over = [f"{value} {what} (at most {limit})" for value, what, limit in
                    ((lines, "lines", most), (complexity, "complexity", COMPLEXITY), (nesting, "nesting", NESTING)) if value > limit]
            if over and (shown, name) in allowed:
                used.add((shown, name))
            elif over:
                problems.append(f"{shown}: {'the file' if name == '-' else name}: {', '.join(over)}")
    problems += too_wide(root)
    problems += [f"tools/limits.txt: {where} {name} needs no exception any more" for where, name in sorted(set(allowed) - used)]
    for problem in problems:
        print(problem)
    print(f"limits: {count} functions, {len(problems)} problems")
    return 1 if problems or not count else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
"""The algorithm of finite relational games in vectorised numpy: best replies along each axis, one sort by gains, prefix maxima,
the last block that its span enforces. Compare with bench_finite, which solves the same random games.

usage: numpy_relational.py [players actions]...      (default: the games of bench_finite)
"""
import sys
import time

import numpy as np


def solve(payoff, weight, delta):
    """Span and level at renegotiation 1, everybody inside; payoff has shape (n, actions...)."""
    n = payoff.shape[0]
    reply = [np.broadcast_to(payoff[i].max(axis=i, keepdims=True), payoff[i].shape).ravel() for i in range(n)]
    flat = payoff.reshape(n, -1)
    gain = sum(reply[i] - flat[i] for i in range(n))
    value = flat.sum(axis=0)
    order = np.argsort(gain, kind="stable")
    gain = gain[order]
    value = value[order]
    span = np.zeros(len(order))
    for i in range(n):
        span += np.maximum.accumulate(weight[i] * value - reply[i][order])
    ends = np.flatnonzero(np.append(gain[1:] > gain[:-1], True))
    enforced = ends[(1 - delta) * gain[ends] <= delta * span[ends]]
    last = enforced[-1]
    return span[last], value[: last + 1].max()


def main():
    games = [(2, 320), (2, 1000), (3, 47), (3, 100), (4, 32)]
    if len(sys.argv) > 2:
        numbers = [int(x) for x in sys.argv[1:]]
        games = list(zip(numbers[::2], numbers[1::2]))
    rng = np.random.default_rng(1)
    for n, actions in games:
        payoff = rng.uniform(-5, 5, size=(n,) + (actions,) * n)
        best = np.inf
        for _ in range(3):
            start = time.perf_counter()
            try:
                span, _ = solve(payoff, [1 / n] * n, 0.6)
            except IndexError:
                span = float("nan")
            best = min(best, time.perf_counter() - start)
        print(f"numpy n={n} {actions**n:9d} profiles: {1e9 * best / actions**n:7.1f} ns a profile; span {span:.6g}", flush=True)
    dilemma = np.array([[2, 0, 3, 1], [2, 3, 0, 1]], dtype=float).reshape(2, 2, 2)
    best = np.inf
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(200):
            solve(dilemma, [0.5, 0.5], 0.7)
        best = min(best, (time.perf_counter() - start) / 200)
    print(f"numpy prisoners' dilemma: {1e9 * best:.0f} ns")


if __name__ == "__main__":
    main()

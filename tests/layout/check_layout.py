#!/usr/bin/env python3
"""Fails when the source tree breaks one of the rules in rules.py, and says where."""

import sys
from pathlib import Path

from rules import RULES, product_files


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2])
    if not product_files(root):
        print(f"{root}: no sources found", file=sys.stderr)
        return 1
    findings = [finding for rule in RULES for finding in rule(root)]
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())

"""The README stays true: its modules, commands, settings and make targets are those of the project, and the reverse."""

from __future__ import annotations

import argparse
import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

import corpus.cli
import index.cli
import qa.cli
from qa.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def module_lines() -> list[str]:
    """One line a module: its name and the first sentence of its docstring."""
    lines = []
    for package in ("corpus", "index", "qa"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if path.name not in {"__init__.py", "__main__.py"}:
                first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
                name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
                lines.append(f"- `{name}` {' '.join(first.split())}")
    return lines


def test_every_module_is_listed_with_what_it_is_for():
    listed = README.split("<!-- modules -->")[1].split("<!-- /modules -->")[0].strip().splitlines()
    assert listed == module_lines()


@pytest.mark.parametrize("module", [corpus.cli, index.cli, qa.cli], ids=lambda m: m.__name__)
def test_every_command_and_option_is_in_the_readme(module):
    package = module.__name__.split(".")[0]
    parser = module._parser()
    commands = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction)).choices
    for name, command in commands.items():
        line = next((row for row in README.splitlines() if row.startswith(f"python -m {package} {name}")), None)
        assert line, f"python -m {package} {name} is not in the README"
        for action in command._actions:
            for option in action.option_strings:
                if option.startswith("--") and option not in {"--help", "--home", "--encoder"}:
                    assert option in line, f"{option} of {package} {name}"


def test_every_command_of_the_readme_exists():
    for package, name in re.findall(r"^python -m (\w+) (\w+)", README, re.MULTILINE):
        module = {"corpus": corpus.cli, "index": index.cli, "qa": qa.cli}.get(package)
        if module:
            choices = next(a for a in module._parser()._actions if isinstance(a, argparse._SubParsersAction)).choices
            assert name in choices


def test_the_settings_table_is_the_settings():
    rows = re.findall(r"^\| `--([a-z-]+)` \| (.+?) \|", README, re.MULTILINE)
    rows = [(name.replace("-", "_"), shown) for name, shown in rows]
    assert [name for name, _ in rows] == [field.name for field in fields(Settings)]
    defaults = {field.name: str(getattr(Settings(), field.name)) for field in fields(Settings)}
    for name, shown in rows:
        if shown.startswith("`"):
            assert shown.strip("`") == defaults[name]


def test_make_targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()
    for target in targets:
        assert f"`make {target}`" in README, target


def test_answer_fields_in_the_readme():
    from qa.serialize import answer_json
    from qa.types import Answer, Scope

    answer = Answer("", "", "", None, None, (), (), Scope(), "", 0.0)
    for name in answer_json(answer):
        assert f'"{name}"' in README

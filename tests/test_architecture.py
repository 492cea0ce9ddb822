"""The structure holds: imports point down, and one module imports each heavy library."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "index", "qa")
MAY_IMPORT = {"corpus": {"corpus"}, "index": {"corpus", "index"}, "qa": {"corpus", "index", "qa"}}
# The one place that imports each heavy library; a folder for gradio.
IMPORTERS = {
    "sentence_transformers": ["index/encode.py"],
    "faiss": ["index/vectors.py"],
    "rjieba": ["index/words.py"],
    "pymilvus": ["index/milvus.py"],
    "langchain_text_splitters": ["index/split.py"],
    "sqlite3": "index/store",
    "openpyxl": ["qa/spreadsheet.py"],
    "lxml": ["corpus/readers/html.py", "corpus/readers/xml.py"],
    "pypdfium2": ["corpus/pdfium.py"],
    "PIL": ["corpus/pictures.py"],
    "rapidocr": ["corpus/readers/ocr.py"],
    "gradio": "qa/ui/",
}


def modules() -> dict[str, ast.Module]:
    files = [ROOT / "app.py", *(path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py")))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_down(package):
    for name, tree in modules().items():
        if name.startswith(package + "/"):
            above = imported(tree) & set(PACKAGES) - MAY_IMPORT[package]
            assert not above, f"{name} imports {above}"


@pytest.mark.parametrize("library", IMPORTERS)
def test_one_importer_for_each_heavy_library(library):
    # What trains the shipped models is not part of what runs.
    importers = [n for n, tree in modules().items() if library in imported(tree) and not n.startswith("index/train/")]
    allowed = IMPORTERS[library]
    assert importers, f"{library} is used by nothing"
    if isinstance(allowed, str):
        assert all(name.startswith(allowed) for name in importers)
    else:
        assert importers == allowed


def test_everything_imported_is_declared():
    """A plain installation runs: what the product imports is a dependency, what training imports is in [train]."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    core = {re.split(r"[=<>\[]", name)[0].replace("-", "_") for name in project["dependencies"]}
    train = core | {name.replace("-", "_") for name in extras["train"]}
    for name, tree in modules().items():
        foreign = imported(tree) - set(sys.stdlib_module_names) - {*PACKAGES, "app", "tests"}
        renamed = {"faiss": "faiss_cpu", "markdown_it": "markdown_it_py", "PIL": "pillow"}
        foreign = {renamed.get(module, module) for module in foreign}
        # What Gradio brings along and is built on.
        foreign -= {"starlette", "fastapi"} if name.startswith("qa/ui/") else set()
        # The one that a user without a server does without.
        foreign -= set(extras["milvus"]) if name == "index/milvus.py" else set()
        # Reading pictures is an extra; whether it is there is asked before it is imported.
        foreign -= {"rapidocr"} if name == "corpus/readers/ocr.py" and "rapidocr" in extras["ocr"] else set()
        assert foreign <= (train if name.startswith("index/train/") else core), f"{name}: {foreign}"


def test_data_files_are_packaged():
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    for package, patterns in data.items():
        packaged = {path for pattern in patterns for path in (ROOT / package).glob(pattern) if path.is_file()}
        found = {p for p in (ROOT / package).rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc"}}
        assert {p for p in found if "train" not in p.parts} <= packaged, found - packaged


def test_nothing_outside_training_imports_it():
    for name, tree in modules().items():
        if not name.startswith("index/train/"):
            assert not any(
                isinstance(node, ast.ImportFrom) and (node.module or "").startswith("index.train")
                for node in ast.walk(tree)
            ), name


def test_app_is_short():
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 40


def test_importing_the_app_starts_nothing_heavy():
    code = "import app, sys; sys.exit(bool({'torch', 'gradio'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_no_prints_and_no_catch_alls():
    for name, tree in modules().items():
        for node in ast.walk(tree):
            is_print = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            assert not is_print, f"{name}:{node.lineno} prints"
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                assert caught not in {"everything", "Exception", "BaseException"}, f"{name}:{node.lineno}"

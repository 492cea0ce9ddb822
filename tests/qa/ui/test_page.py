"""The page is built without network, and is served as launch_options says."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import gradio as gr
import pytest

import qa.ui
from corpus.decode import LARGEST_FILE_BYTES
from qa.ui import build_ui, launch_options
from qa.ui.markup import _parser
from qa.ui.options import ARRIVAL_FILE, SCRIPT_FILE, STYLE_FILES
from qa.ui.texts import CHINESE, ENGLISH, texts_for
from tests.qa.ui.fakes import FakeEngine

ROOT = Path(qa.ui.__file__).parents[2]


def test_the_page_is_built_over_any_engine():
    page = build_ui(FakeEngine())
    assert isinstance(page, gr.Blocks)
    assert page.title == "政报问答"
    assert not page.analytics_enabled


def test_no_handler_is_open_to_clients():
    page = build_ui(FakeEngine())
    assert {fn.api_visibility for fn in page.fns.values()} == {"private"}


def test_options_are_all_known_to_launch():
    options = launch_options("127.0.0.1", 7860, FakeEngine())
    assert set(options) <= set(gr.Blocks.launch.__kwdefaults__) | set(gr.Blocks.launch.__code__.co_varnames)
    assert options["server_name"] == "127.0.0.1"
    assert options["server_port"] == 7860
    assert options["share"] is False
    assert options["footer_links"] == []


def fetch(address: str, data: bytes | None = None, **headers: str):
    return urlopen(Request(address, data, headers), timeout=10)


def test_every_response_forbids_other_hosts(served):
    for path in ("", "config", "gradio_api/info", "page-image/paged/1"):
        with fetch(served.address + path) as response:
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'self';" in policy
            assert "http" not in policy
            assert response.headers["Referrer-Policy"] == "no-referrer"


def test_no_programming_interface_is_offered(served):
    with fetch(served.address + "gradio_api/info") as response:
        assert json.load(response) == {"named_endpoints": {}, "unnamed_endpoints": {}}
    for path in ("docs", "redoc", "openapi.json", "gradio_api/mcp/sse"):
        with pytest.raises(HTTPError):
            fetch(served.address + path)


def test_a_file_above_the_limit_is_refused_before_it_is_whole(served):
    start = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    body = start + b"0" * (LARGEST_FILE_BYTES + 1) + b"\r\n--x--\r\n"
    with pytest.raises(HTTPError) as refused:
        fetch(served.address + "gradio_api/upload", body, **{"Content-Type": "multipart/form-data; boundary=x"})
    assert refused.value.code == 413


def test_the_theme_names_installed_fonts_only():
    theme = launch_options("127.0.0.1", 1, FakeEngine())["theme"]
    assert not theme._stylesheets
    assert not theme._font_css
    # A name as a plain string is one that Gradio neither fetches nor serves.
    assert {type(font) for font in (*theme._font, *theme._font_mono)} == {str}


def test_style_and_script_name_no_address():
    for file in (*STYLE_FILES, SCRIPT_FILE, ARRIVAL_FILE):
        text = file.read_text(encoding="utf-8")
        assert "//" not in text.replace("// ", "")
        assert "@import" not in text
        assert "url(" not in text
        assert "</style" not in text


def test_gradio_is_told_to_stay_quiet_before_it_is_imported():
    code = (
        "import qa.ui, os, gradio, huggingface_hub.constants as hub; "
        "from gradio.analytics import analytics_enabled; "
        "assert not analytics_enabled() and hub.HF_HUB_DISABLE_TELEMETRY; "
        "print(os.environ['NO_PROXY'])"
    )
    env = {**os.environ, "GRADIO_ANALYTICS_ENABLED": "True", "NO_PROXY": "intranet.example"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "intranet.example,localhost,127.0.0.1"


@pytest.mark.parametrize("name", CHINESE.__dataclass_fields__)
def test_both_languages_fill_the_same_places(name):
    chinese, english = getattr(CHINESE, name), getattr(ENGLISH, name)
    assert chinese
    assert english
    if name.endswith("_line"):
        assert places(chinese) == places(english)


@pytest.mark.parametrize("part", ["data", "ask", "library"])
def test_both_languages_fill_the_same_places_in_every_tab(part):
    chinese, english = getattr(CHINESE, part), getattr(ENGLISH, part)
    for name in chinese.__dataclass_fields__:
        said, other = getattr(chinese, name), getattr(english, name)
        assert said, name
        assert other, name
        if name.endswith("_line"):
            assert sorted(places(said)) == sorted(places(other)), name
        if isinstance(said, tuple | dict):
            assert len(said) == len(other), name


def places(pattern: str) -> list[str]:
    return sorted(part.split("}")[0] for part in pattern.split("{")[1:])


def test_chinese_is_what_is_spoken_unless_english_is_chosen():
    assert texts_for("en") is ENGLISH
    assert texts_for("de-DE") is CHINESE


def test_the_parser_for_answers_knows_no_link_image_or_html():
    active = {rule for rules in _parser().get_active_rules().values() for rule in rules}
    assert not active & {"link", "image", "autolink", "linkify", "html_block", "html_inline", "entity", "fence", "code"}

"""The page: the only folder that imports Gradio.

Gradio and huggingface_hub read the switches below once, when they are first imported, so they are set above the imports
that bring them in. Without them Gradio asks api.gradio.app for its newest version and reports usage: on a machine
without internet a stalled start, on one with internet a broken promise. At launch Gradio calls its own server once; in
an office with a web proxy that call must not go through the proxy, or the start fails.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
for _name in ("NO_PROXY", "no_proxy"):
    os.environ[_name] = ",".join(filter(None, [os.environ.get(_name), "localhost,127.0.0.1"]))

from qa.ui.engine import Engine  # noqa: E402 - the switches come first
from qa.ui.options import launch_options  # noqa: E402
from qa.ui.page import build_ui  # noqa: E402

__all__ = ["Engine", "build_ui", "launch_options"]

"""The one kind of Gradio block the page shows its own HTML in."""

from __future__ import annotations

import gradio as gr

from qa.ui.options import page_script


def event_value(event: gr.EventData, name: str) -> str | None:
    """Read one value that page.js sent with an event. It comes from the browser, so it may be anything or missing."""
    sent = event._data
    return str(sent[name]) if isinstance(sent, dict) and name in sent else None


def html_block(value: str, elem_id: str) -> gr.HTML:
    """Make a block for HTML of ours, with page.js listening in it.

    The template stays Gradio's `${value}`, which inserts the value as it is. What a `{{value}}` gave Gradio evaluates
    once more, as a JavaScript template, so a `${...}` in a report would run.
    """
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=page_script())

"""How the page looks, as far as Gradio's theme decides it: colours and fonts of the reader's own system."""

from __future__ import annotations

import gradio as gr

# Names of installed fonts only: Gradio's default theme would serve or fetch others.
FONTS = (
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "system-ui",
    "sans-serif",
)
MONO_FONTS = ("Consolas", "Menlo", "Noto Sans Mono CJK SC", "monospace")

_INK = gr.themes.Color(
    c50="#eef3f8",
    c100="#dce7f1",
    c200="#b9cde1",
    c300="#8fadcc",
    c400="#5f87b2",
    c500="#3a6694",
    c600="#24507d",
    c700="#1c4067",
    c800="#173451",
    c900="#12283f",
    c950="#0c1b2b",
    name="ink",
)


def page_theme() -> gr.themes.Base:
    """Build the theme: ink blue on warm paper by day, soft grey on slate by night."""
    theme = gr.themes.Base(
        primary_hue=_INK, secondary_hue=_INK, neutral_hue="stone", text_size="lg", font=FONTS, font_mono=MONO_FONTS
    )
    return theme.set(
        body_background_fill="#f5f3ee",
        body_background_fill_dark="#14171b",
        body_text_color="#1d2329",
        body_text_color_dark="#dfe3e8",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_padding="0px",
        block_shadow="none",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1c2026",
        button_primary_background_fill="#1c4067",
        button_primary_background_fill_hover="#24507d",
        button_primary_background_fill_dark="#2f5f90",
        button_primary_background_fill_hover_dark="#3a6ea3",
    )

"""Images from the page's own server: pictures of exhibits and pages of originals. Addresses are checked."""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.errors import ReportQAError
from qa.ui.engine import Engine

_PICTURE = re.compile(r"/picture/([0-9a-z]{1,64}\.(png|jpg|gif|bmp))")
_PAGE = re.compile(r"/page-image/([0-9A-Za-z_-]{1,64})/([1-9][0-9]{0,4})")
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp"}
# Names are made of the content, so that what a name stands for never changes.
_KEPT = {"Cache-Control": "private, max-age=604800, immutable"}


class Images:
    """ASGI middleware that answers `/picture/NAME` and `/page-image/REPORT/PAGE` and passes all else on."""

    def __init__(self, app: ASGIApp, engine: Engine) -> None:
        self._app = app
        self._engine = engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for an image; drawing one takes time, so it is done in a thread."""
        path = str(scope.get("path", "")).removeprefix(str(scope.get("root_path", "")))
        asked = self._asked(path) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        if asked is None:
            await self._app(scope, receive, send)
            return
        media_type, give = asked
        await (await run_in_threadpool(_respond, give, media_type))(scope, receive, send)

    def _asked(self, path: str) -> tuple[str, Callable[[], bytes | None]] | None:
        """Tell which image an address names: its type, and what gives it."""
        if picture := _PICTURE.fullmatch(path):
            return _TYPES[picture[2]], lambda: self._engine.picture(picture[1])
        if page := _PAGE.fullmatch(path):
            return _TYPES["png"], lambda: self._engine.page_image(page[1], int(page[2]))
        return None


def _respond(give: Callable[[], bytes | None], media_type: str) -> Response:
    try:
        data = give()
    except ReportQAError:
        data = None
    return Response(status_code=404) if data is None else Response(data, media_type=media_type, headers=_KEPT)

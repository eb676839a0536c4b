"""Static files under an address that names the build, so that browsers may keep them for good."""

from starlette.exceptions import HTTPException
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from lobby.settings import STATIC_FILES

FOR_GOOD = b"public, max-age=31536000, immutable"


class LastingFiles:
    """Adds the caching header; the build in the address is what makes it true."""

    def __init__(self) -> None:
        self._files = StaticFiles(directory=STATIC_FILES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_lasting(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                message["headers"].append((b"cache-control", FOR_GOOD))
            await send(message)

        if scope["path"].endswith(".md"):  # notes for people who look after the files
            raise HTTPException(404)
        await self._files(scope, receive, send_lasting)


def routes(build: str) -> list[Mount]:
    return [Mount(f"/static/{build}", LastingFiles())]

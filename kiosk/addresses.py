"""The address of a customer's own page, as the QR code on screen and paper holds it."""

from starlette.requests import Request

from kiosk.context import KioskContext


def customers_page(request: Request, kiosk: KioskContext, secret: str) -> str:
    """The public one, or the one that this kiosk itself uses."""
    public_url = kiosk.services.settings.public_url
    if public_url is None:
        public_url = f"{request.scope['scheme']}://{request.headers.get('host', 'localhost')}"
    return f"{public_url}/t/{secret}"

"""Draws a slip as a picture of black and white dots: what a printer's own type cannot garble."""

from PIL import Image, ImageDraw

from lobby.printing.blocks import blocks_of
from lobby.printing.layout import Bar, Glyphs, Picture, Placed, laid_out
from lobby.printing.paper import Paper
from lobby.printing.slip import Slip
from lobby.printing.typeface import typeface

BLACK, WHITE = 0, 1


def render(slip: Slip, paper: Paper) -> Image.Image:
    """One bit per dot, as wide as the head of the printer."""
    sheet = laid_out(blocks_of(slip, paper), paper)
    image = Image.new("1", (sheet.width, sheet.height), WHITE)
    pen = ImageDraw.Draw(image)
    for placed in sheet.placed:
        _draw(placed, image, pen)
    return image


def _draw(placed: Placed, image: Image.Image, pen: ImageDraw.ImageDraw) -> None:
    match placed:
        case Glyphs(text, x, y, size, bold):
            pen.text((x, y), text, fill=BLACK, font=typeface(size, bold), anchor="ls")
        case Bar(x, y, width, height):
            pen.rectangle((x, y, x + width - 1, y + height - 1), fill=BLACK)
        case Picture(modules, x, y, module):
            side = len(modules)
            code = Image.new("1", (side, side))
            code.putdata([BLACK if dark else WHITE for row in modules for dark in row])
            image.paste(code.resize((side * module,) * 2, Image.Resampling.NEAREST), (x, y))

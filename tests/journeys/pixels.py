"""What is painted, looked at by the browser itself: a part of the page as grey values."""

import base64
from typing import Any

from playwright.sync_api import Page

GREY = """async picture => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const brush = canvas.getContext('2d');
  brush.drawImage(image, 0, 0);
  const points = brush.getImageData(0, 0, image.width, image.height).data;
  const grey = [];
  for (let at = 0; at < points.length; at += 4)
    grey.push(Math.round(.3 * points[at] + .59 * points[at + 1] + .11 * points[at + 2]));
  return {width: image.width, grey};
}"""


def painted(page: Page, clip: dict[str, float]) -> list[list[int]]:
    """The rows of grey values, 0 to 255, of a part of the page."""
    picture: Any = base64.b64encode(page.screenshot(clip=clip)).decode()
    blank = page.context.new_page()
    found = blank.evaluate(GREY, picture)
    blank.close()
    width, grey = found["width"], found["grey"]
    return [grey[at : at + width] for at in range(0, len(grey), width)]

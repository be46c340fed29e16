/** The one-inch frame (295 × 413) over a picture: where it lies, and how it is told to the server. */

export const WIDTH = 295;
export const HEIGHT = 413;
const PARTS = 10_000;

export type Size = { readonly width: number; readonly height: number };
/** Left, top and width in the picture's own pixels; the height follows. */
export type Frame = { readonly left: number; readonly top: number; readonly width: number };

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), Math.max(least, most));

/** The widest frame that the picture holds. */
export function widest(picture: Size): number {
  return Math.min(picture.width, (picture.height * WIDTH) / HEIGHT);
}

export function heightOf(frame: Frame): number {
  return (frame.width * HEIGHT) / WIDTH;
}

/** The frame in the middle, as the server cuts where nobody chose. */
export function middle(picture: Size): Frame {
  const width = widest(picture);
  return { left: (picture.width - width) / 2, top: (picture.height - (width * HEIGHT) / WIDTH) / 2, width };
}

export function moved(frame: Frame, picture: Size, right: number, down: number): Frame {
  return {
    left: within(frame.left + right, 0, picture.width - frame.width),
    top: within(frame.top + down, 0, picture.height - heightOf(frame)),
    width: frame.width,
  };
}

/** Nearer by `zoom` (1 is the widest frame), about the frame's own middle. */
export function zoomed(frame: Frame, picture: Size, zoom: number): Frame {
  const width = widest(picture) / within(zoom, 1, 4);
  const grown = width - frame.width;
  const next = { left: frame.left - grown / 2, top: frame.top - (grown * HEIGHT) / WIDTH / 2, width };
  return moved(next, picture, 0, 0);
}

/** "left,top,width" in ten-thousandths of the picture. */
export function told(frame: Frame, picture: Size): string {
  const parts = [frame.left / picture.width, frame.top / picture.height, frame.width / picture.width];
  return parts.map((part) => within(Math.round(part * PARTS), 0, PARTS)).join(",");
}

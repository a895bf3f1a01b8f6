import { PICTURE_BYTES_MOST } from '../../../shared/pictures/limits.ts';

const SIDE_MOST = 1280;
const QUALITIES = [0.82, 0.7, 0.55, 0.4, 0.25];

/**
 * A photo as it is sent: upright, small, drawn anew, so that nothing the camera wrote beside the picture (where,
 * when, with what) comes along. Null for what this device cannot draw.
 */
export async function shrinkPhoto(file: Blob): Promise<Blob | null> {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = drawn(image);
    for (const quality of QUALITIES) {
      const blob = await asJpeg(canvas, quality);
      if (blob && blob.size <= PICTURE_BYTES_MOST) return blob;
    }
    return null;
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function drawn(image: HTMLImageElement): HTMLCanvasElement {
  const { naturalWidth, naturalHeight } = image;
  const scale = Math.min(1, SIDE_MOST / Math.max(naturalWidth, naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(naturalHeight * scale));
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser does not draw');
  // A drawing with nothing behind it would come out black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function asJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}

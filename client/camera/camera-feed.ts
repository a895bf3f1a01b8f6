import type { CodeFormat, CodeReader } from './code-reader.ts';
import { createSightings } from './sightings.ts';

/** Why nothing can be read with a camera here. */
export type CameraTrouble =
  /** The page came over plain http from another machine: browsers lend no camera to such pages. */
  | 'insecure'
  | 'refused'
  | 'missing'
  | 'occupied'
  /** The camera was there and went away. */
  | 'lost'
  /** The reader could not be fetched, or this browser does not run it. */
  | 'reader';

export interface CameraFeed {
  /** True when there is another camera to turn to. */
  readonly hasOther: boolean;
  /** The camera in use, to ask for the next one. */
  readonly deviceId: string;
  readonly close: () => void;
}

interface CameraFeedParts {
  readonly video: HTMLVideoElement;
  readonly formats: readonly CodeFormat[];
  /** A camera other than this one, if there is one; otherwise the one on the back. */
  readonly notDeviceId: string | null;
  readonly onScan: (text: string) => void;
  readonly onTrouble: (trouble: CameraTrouble) => void;
}

/** A card's QR and its digits in bars; what shops print on goods. */
export const CARD_AND_GOODS: readonly CodeFormat[] = [
  'qr_code',
  'code_128',
  'itf',
  'ean_13',
  'ean_8',
  'upc_a',
  'upc_e',
];

const pauseMs = 60;
/** Wide enough for the thin bars of a barcode, small enough for a cheap tablet. */
const longestSide = 1280;

/** Opens a camera and reads what it sees until closed. Throws an `CameraTrouble`, in a `TroubleError`, when it cannot. */
export async function openCameraFeed(parts: CameraFeedParts): Promise<CameraFeed> {
  const stream = await openCamera(parts.notDeviceId);
  let isOpen = true;
  const close = () => {
    isOpen = false;
    stream.getTracks().forEach((track) => track.stop());
    parts.video.srcObject = null;
  };
  try {
    const [track] = stream.getVideoTracks();
    track?.addEventListener('ended', () => isOpen && parts.onTrouble('lost'));
    parts.video.srcObject = stream;
    const [reader, cameras] = await Promise.all([fetchReader(parts.formats), listCameras()]);
    await parts.video.play();
    void readUntil(() => !isOpen, { ...parts, reader });
    return { hasOther: cameras.length > 1, deviceId: track?.getSettings().deviceId ?? '', close };
  } catch (error) {
    close();
    throw error;
  }
}

export class TroubleError extends Error {
  readonly trouble: CameraTrouble;

  constructor(trouble: CameraTrouble, cause?: unknown) {
    super(`no camera: ${trouble}`, { cause });
    this.trouble = trouble;
  }
}

async function openCamera(notDeviceId: string | null): Promise<MediaStream> {
  // Missing on pages that are not secure, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) throw new TroubleError(isSecureContext ? 'missing' : 'insecure');
  const other =
    notDeviceId === null
      ? undefined
      : nextAfter(
          notDeviceId,
          (await listCameras()).map((camera) => camera.deviceId),
        );
  const which = other === undefined ? { facingMode: 'environment' } : { deviceId: { exact: other } };
  try {
    return await devices.getUserMedia({
      audio: false,
      video: { ...which, width: { ideal: longestSide }, height: { ideal: 720 } },
    });
  } catch (error) {
    throw new TroubleError(troubleOf(error), error);
  }
}

async function listCameras(): Promise<MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput');
}

function nextAfter(deviceId: string, all: readonly string[]): string | undefined {
  return all[(all.indexOf(deviceId) + 1) % all.length];
}

function troubleOf(error: unknown): CameraTrouble {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotReadableError' || name === 'AbortError') return 'occupied';
  return 'missing';
}

async function fetchReader(formats: readonly CodeFormat[]): Promise<CodeReader> {
  try {
    const { loadReader } = await import('./code-reader.ts');
    return await loadReader(formats);
  } catch (error) {
    throw new TroubleError('reader', error);
  }
}

/** One picture after the other, with a breath between them: the page stays quick under the finger. */
async function readUntil(
  isOver: () => boolean,
  { video, reader, onScan, onTrouble }: CameraFeedParts & { reader: CodeReader },
): Promise<void> {
  const sightings = createSightings();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  while (!isOver()) {
    const picture = context && takePicture(video, canvas, context);
    if (picture) {
      try {
        const codes = await reader.read(picture);
        if (isOver()) return;
        sightings.see(codes, performance.now()).forEach(onScan);
      } catch {
        if (!isOver()) onTrouble('reader');
        return;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function takePicture(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
): ImageData | null {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  const scale = Math.min(1, longestSide / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

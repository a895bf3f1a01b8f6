import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** Codes that cards and goods carry. */
export type CodeFormat = 'qr_code' | 'code_128' | 'itf' | 'ean_13' | 'ean_8' | 'upc_a' | 'upc_e';

export interface FoundCode {
  readonly text: string;
  readonly format: string;
}

export interface CodeReader {
  /** The codes in one picture. */
  readonly read: (picture: ImageData) => Promise<FoundCode[]>;
}

/**
 * Fetches the compiled reader from our own server: half a megabyte, which is why this file is imported only when a
 * camera is opened. Fails where the file cannot be had or the browser does not run it.
 */
export async function loadReader(formats: readonly CodeFormat[]): Promise<CodeReader> {
  await prepareZXingModule({
    overrides: {
      locateFile: (path: string, folder: string) => (path.endsWith('.wasm') ? wasmAddress : folder + path),
    },
    fireImmediately: true,
  });
  const detector = new BarcodeDetector({ formats: [...formats] });
  return {
    async read(picture) {
      const found = await detector.detect(picture);
      return found.map(({ rawValue, format }) => ({ text: rawValue, format }));
    },
  };
}

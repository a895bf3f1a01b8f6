import type { Volume } from '../memory.ts';
import type { SoundName } from '../notice.ts';

/** Tones of each sound: pitch in Hz, start and length in seconds. Told apart by rhythm as well as by pitch. */
const SOUNDS: Readonly<
  Record<SoundName, readonly (readonly [pitchHz: number, start: number, length: number])[]>
> = {
  card: [
    [660, 0, 0.09],
    [990, 0.1, 0.14],
  ],
  item: [[1320, 0, 0.07]],
  done: [
    [660, 0, 0.08],
    [880, 0.09, 0.08],
    [1320, 0.18, 0.2],
  ],
  error: [
    [220, 0, 0.16],
    [180, 0.2, 0.26],
  ],
};
const LOUDNESS: Readonly<Record<Volume, number>> = { silent: 0, low: 0.08, middle: 0.25, loud: 0.7 };

/** Plays short tones made on the spot. A browser without sound, or before the first touch, stays silent. */
export function createSounds(volume: () => Volume): (name: SoundName) => void {
  let context: AudioContext | null = null;
  return (name) => {
    const loudness = LOUDNESS[volume()];
    if (loudness === 0) return;
    try {
      context ??= new AudioContext();
    } catch {
      return;
    }
    void context.resume();
    for (const tone of SOUNDS[name]) playTone(context, { name, loudness }, tone);
  };
}

function playTone(
  context: AudioContext,
  { name, loudness }: { name: SoundName; loudness: number },
  [pitchHz, start, length]: readonly [number, number, number],
): void {
  const from = context.currentTime + start;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = name === 'error' ? 'square' : 'sine';
  oscillator.frequency.value = pitchHz;
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(loudness, from + 0.01);
  gain.gain.exponentialRampToValueAtTime(0.001, from + length);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(from + length);
}

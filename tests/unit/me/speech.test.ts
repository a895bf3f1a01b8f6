import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSpeech } from '../../../client/me/speech.ts';

class Words {
  lang = '';
  voice: { lang: string } | null = null;
  rate = 1;
  onstart: (() => void) | null = null;
  onend: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A phone's voice that does what it is told to do. */
function phone(voices: string[]) {
  const said: Words[] = [];
  const synthesis = {
    getVoices: () => voices.map((lang) => ({ lang })),
    speak: (words: Words) => said.push(words),
    cancel: vi.fn(),
  };
  const speech = createSpeech({
    speechSynthesis: synthesis as unknown as SpeechSynthesis,
    SpeechSynthesisUtterance: Words as unknown as typeof SpeechSynthesisUtterance,
  });
  return { speech, said, synthesis };
}

describe('reading aloud', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is not offered where the browser has no voice', () => {
    const speech = createSpeech({});
    expect(speech.isThere).toBe(false);
    speech.read('余额 5 分', 'zh-CN');
    expect(speech.reading.value).toBeNull();
  });

  it.each([
    [['en-US', 'zh-HK', 'zh-CN'], 'zh-CN', 'zh-CN'],
    [['en-US', 'cmn-Hans-CN'], 'zh-CN', 'cmn-Hans-CN'],
    [['zh_CN_#Hans'], 'zh-CN', 'zh_CN_#Hans'],
    [['zh-CN', 'en-GB'], 'en', 'en-GB'],
  ])('among %j takes for %s the voice %s', (voices, language, taken) => {
    const { speech, said } = phone(voices);
    speech.read('余额 5 分', language);
    expect(said.map(({ text, lang, voice }) => [text, lang, voice?.lang])).toEqual([
      ['余额 5 分', language, taken],
    ]);
    expect(speech.reading.value).toBe('余额 5 分');
    said[0]?.onstart?.();
    said[0]?.onend?.();
    expect(speech.reading.value).toBeNull();
    expect(speech.isSilent.value).toBe(false);
  });

  it('says so when there are voices and none of the language', () => {
    const { speech, said } = phone(['en-US', 'zh-HK']);
    speech.read('余额 5 分', 'zh-CN');
    expect(said).toEqual([]);
    expect(speech.isSilent.value).toBe(true);
  });

  it('says so when nothing is heard within a few seconds, or the phone gives up', () => {
    const slow = phone([]);
    slow.speech.read('余额 5 分', 'zh-CN');
    expect(slow.said).toHaveLength(1);
    vi.advanceTimersByTime(3000);
    expect(slow.speech.isSilent.value).toBe(false);
    vi.advanceTimersByTime(2000);
    expect(slow.speech.isSilent.value).toBe(true);
    const failing = phone([]);
    failing.speech.read('余额 5 分', 'zh-CN');
    failing.said[0]?.onerror?.();
    expect(failing.speech.isSilent.value).toBe(true);
    expect(failing.speech.reading.value).toBeNull();
  });

  it('stops when pressed again, and goes over to another sentence at once', () => {
    const { speech, said, synthesis } = phone(['zh-CN']);
    speech.read('一', 'zh-CN');
    speech.read('二', 'zh-CN');
    said[0]?.onerror?.();
    said[0]?.onend?.();
    expect([speech.reading.value, speech.isSilent.value]).toEqual(['二', false]);
    speech.read('二', 'zh-CN');
    expect(speech.reading.value).toBeNull();
    expect(said).toHaveLength(2);
    expect(synthesis.cancel).toHaveBeenCalledTimes(3);
  });
});

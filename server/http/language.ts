import type { Language } from '../../shared/sentence.ts';

/** Chinese unless the caller prefers English: "en-GB,en;q=0.9" → en, "fr, zh;q=0.5" → zh, nothing → zh. */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: { language: Language; quality: number } = { language: 'zh', quality: 0 };
  for (const part of (acceptLanguage ?? '').split(',', 20)) {
    const match = /^\s*(zh|en)\b[^;]*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*$/i.exec(part);
    if (!match) continue;
    const quality = match[2] === undefined ? 1 : Number(match[2]);
    if (quality > best.quality) best = { language: match[1]?.toLowerCase() === 'en' ? 'en' : 'zh', quality };
  }
  return best.language;
}

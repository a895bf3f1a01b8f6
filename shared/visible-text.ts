/**
 * Removes signs that nobody sees from typed text. Unseen signs make two names look alike, reverse the text after
 * them, or make a name look empty.
 */

/**
 * Format signs, signs that Unicode lets every program ignore, line separators, noncharacters, and signs drawn as a
 * blank: empty Braille, the musical null note, blank hieroglyphs, the stand-in for an object. STRAY_SELECTORS handles
 * ideographic selectors.
 */
const UNSEEN =
  /(?![\u{E0100}-\u{E01EF}])[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029\u2800\uFFFC\u{1D159}\u{13441}\u{13442}]/gu;

/** Such a selector chooses how the character before it is written, as some rare surnames need. Elsewhere it is unseen. */
const STRAY_SELECTORS = /(^|[^\p{Unified_Ideograph}])[\u{E0100}-\u{E01EF}]+/gu;

/** A character other than spaces, combining marks and controls. */
const VISIBLE = /[^\p{Z}\p{M}\p{Cc}\p{Cf}\p{Cs}]/u;

/** The text without unseen signs; selectors stay, wherever they stand. */
export function withoutUnseen(text: string): string {
  return text.replace(UNSEEN, '');
}

/** Whether a selector stands where it selects nothing. */
export function hasStraySelector(text: string): boolean {
  return text.search(STRAY_SELECTORS) >= 0;
}

export function withoutStraySelectors(text: string): string {
  return text.replace(STRAY_SELECTORS, '$1');
}

export function hasSomethingVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/** The characters of a name as people count them: a selector belongs to the one before it. */
export function charactersOf(name: string): string[] {
  return name.match(/[^][\u{E0100}-\u{E01EF}]*/gu) ?? [];
}

/** Letters of other scripts that are drawn as Latin ones. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    е: 'e',
    о: 'o',
    р: 'p',
    с: 'c',
    у: 'y',
    х: 'x',
    к: 'k',
    м: 'm',
    н: 'h',
    т: 't',
    в: 'b',
    і: 'i',
  },
  ...{ ј: 'j', ѕ: 's', α: 'a', ο: 'o', ρ: 'p', ν: 'v', κ: 'k', ι: 'i', τ: 't', υ: 'u', χ: 'x' },
};

/** A name as it counts when two are compared: names that look alike become equal. It is never shown. */
export function foldName(name: string): string {
  const plain = withoutUnseen(name)
    .replace(/[\u{E0100}-\u{E01EF}]/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return Array.from(plain, (letter) => LOOK_ALIKES[letter] ?? letter).join('');
}

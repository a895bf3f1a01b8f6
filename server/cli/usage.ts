import { help } from './help-words.ts';
import type { Language } from '../../shared/sentence.ts';

/** The argument parser's refusals in Chinese. A refusal that is missing here stays in the parser's words. */
const ZH: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.+?)'/, '没有这个命令：$1'],
  [/^error: unknown option '(.+?)'/, '没有这个选项：$1'],
  [/^error: missing required argument '(.+?)'/, '少了参数：$1'],
  [/^error: required option '(.+?)' not specified/, '少了必需的选项：$1'],
  [/^error: option '(.+?)' argument missing/, '选项 $1 后面少了内容'],
  [
    /^error: option '(.+?)' argument '(.*?)' is invalid\. Allowed choices are (.+?)\.$/m,
    '选项 $1 不能是“$2”，只能是：$3',
  ],
  [/^error: too many arguments.*$/m, '参数太多了'],
];

export function usageError(text: string, language: Language): string {
  if (language === 'en') return text;
  for (const [pattern, zh] of ZH) if (pattern.test(text)) return text.replace(pattern, zh);
  return text;
}

/** Headings of `--help`, in both languages. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': `${help('usage')}:`,
  'Arguments:': `${help('arguments')}:`,
  'Options:': `${help('options')}:`,
  'Commands:': `${help('commands')}:`,
};

export function helpTitle(title: string): string {
  return TITLES[title] ?? title;
}

import { drawingOf } from '../../shared/goods/choose-drawing.ts';
import type { PassbookLine } from '../../shared/ledger/passbook.ts';
import { deedDrawing } from '../../shared/rules/deed-drawing.ts';

/** Finds the drawing of a line of a passbook by the words of its title, as it was booked. */
export function drawingOfLine({ kind, text }: Pick<PassbookLine, 'kind' | 'text'>): string {
  switch (kind) {
    case 'award':
    case 'deduction':
      return deedDrawing(text.title);
    case 'redemption':
    case 'late_redemption':
    case 'return':
    case 'hold':
    case 'release':
      // 大米5kg×1、食盐400g×2: the first thing stands for all.
      return drawingOf({ name: (text.title.split(/、/)[0] ?? '').replace(/×\d+$/, ''), category: '' });
    default:
      return 'open-book';
  }
}

/** The cards in a household's own file. */
export const CARDS_PART = '积分卡';

export const CARD_TITLES = {
  code: '卡号',
  issued: '发卡',
  printed: '打印',
  revoked: '停用',
} as const;

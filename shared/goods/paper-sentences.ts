/** The sentences about a shop's own list of goods. Words in braces are filled in. */
export const GOODS_PAPER_SENTENCES = {
  name_missing: { zh: '没有商品名称，这一行没有收。', en: 'No name; the row is left out.' },
  price_unreadable: {
    zh: '积分价“{value}”不是数，这一行没有收。',
    en: 'The price “{value}” is not a number of points; the row is left out.',
  },
  price_missing: { zh: '没有积分价，这一行没有收。', en: 'No points price; the row is left out.' },
  cost_unreadable: {
    zh: '成本“{value}”不是金额，留空。',
    en: 'The cost “{value}” is not an amount of money; left empty.',
  },
  barcode_wrong: {
    zh: '条码“{value}”校验不对，条码没有收，商品照收。',
    en: 'The check digit of barcode “{value}” is wrong; the barcode is left out, the item is kept.',
  },
  barcode_unreadable: {
    zh: '“{value}”不是条码，条码没有收，商品照收。',
    en: '“{value}” is not a barcode; it is left out, the item is kept.',
  },
  barcode_taken: {
    zh: '条码 {value} 已是第 {row} 行的{name}，这里的条码没有收。',
    en: 'Barcode {value} belongs to {name} in row {row}; it is left out here.',
  },
  stock_unreadable: {
    zh: '库存“{value}”不是整数，留空。',
    en: 'The stock “{value}” is not a whole number; left empty.',
  },
  limit_unreadable: {
    zh: '限量“{value}”不是 1 到 999 的整数，留空。',
    en: 'The limit “{value}” is not a whole number from 1 to 999; left empty.',
  },
  duplicate_goods: {
    zh: '{name}与第 {row} 行相同，只收第 {row} 行。',
    en: '{name} repeats row {row}; only row {row} is kept.',
  },
} as const;

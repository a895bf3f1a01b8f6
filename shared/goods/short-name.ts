/** Says how large a piece is or how many are in it: 5kg, 1.8L, 30枚, 24色, 70*140. */
export const SIZES = [
  /\d+(?:\.\d+)?\s*[*x×]\s*\d+(?:\.\d+)?(?:\s*[*x×]\s*\d+(?:\.\d+)?)?/gi,
  /\d+(?:\.\d+)?\s*(?:%|kg|ml|cm|mm|[glmwvd](?![a-z])|千克|公斤|毫升|厘米|平米|连包|[克斤两升米寸码号个只支枝片包袋瓶盒罐桶箱卷双套副对把条张本块枚粒颗根件提色瓦层位孔元次岁天磅段版册月分听格筒盘盏束])?装?/gi,
] as const;

export const BRACKETS = /[([（【].*?[)\]）】]/g;

/** An item's name as people say it: 大米5kg is 大米, 菜籽油/大豆油1.8L is 菜籽油. */
export function shortName(name: string): string {
  const [first = ''] = name.replace(BRACKETS, '').split('/');
  const bare = SIZES.reduce((left, size) => left.replace(size, ''), first).trim();
  return bare === '' ? name : bare;
}

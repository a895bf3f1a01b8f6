/**
 * The drawing for a rule head or a category of goods. Villages write these names themselves, so a drawing is found by
 * words in the name; the first match decides.
 */
export type Emblem = (typeof HEADS)[number][0] | (typeof CATEGORIES)[number][0] | 'flag' | 'gift';

const HEADS = [
  ['veto', /否决|一票|禁止/],
  ['minus', /负面|扣分|减分|违规|失信|不文明/],
  ['medal', /表彰|荣誉|先进|评优|奖励|嘉奖/],
  ['house', /五美|美丽|庭院|家庭卫生|清洁户|人居/],
  ['broom', /卫生|环境|整治|清洁|垃圾/],
  ['leaf', /生态|绿|环保|植树|河|水源/],
  ['hands', /志愿|互助|公益|奉献|慈善|爱心|助人|帮扶/],
  ['scroll', /村规|民约|民俗|规约|守法|遵纪|法治/],
  ['lantern', /移风|易俗|节俭|文明实践|文化|文体|红白/],
  ['family', /家风|家教|乡风|孝|敬老|爱亲|邻里|和睦|家庭/],
  ['megaphone', /村级|村务|事务|治理|自治|参与|会议|建言|党建|党员|集体/],
  ['shield', /平安|治安|安全|稳定|防/],
  ['cap', /学习|成长|教育|培训|成才|升学|读书|科技/],
  ['wheat', /勤劳|致富|产业|发展|增收|创业|就业|生产|农业/],
] as const;

const CATEGORIES = [
  ['ladder', /借|租/],
  ['scissors', /服务|理发|维修|便民/],
  ['pencil', /学习|文具|学生|书|文化|体育/],
  ['hammer', /五金|工具|农具|劳保/],
  ['sprout', /农资|种子|种苗|肥|农药|苗木|花/],
  ['lamp', /电器|家电|灯|电子|数码/],
  ['shirt', /衣|服装|服饰|鞋|帽|家纺|床上|布/],
  ['carton', /饮|奶|零食|副食|糕|酒|茶|水果|蔬/],
  ['bowl', /粮|米|面|油|食|调味|厨|餐/],
  ['medicine', /药|医|健康|保健|卫生用品/],
  ['bottle', /日用|百货|日化|洗|清洁|生活|家居|用品/],
] as const;

/** 乡风家风 → family; a head of no known kind gets the flag. */
export function headEmblem(head: string): Emblem {
  return HEADS.find(([, words]) => words.test(head))?.[0] ?? 'flag';
}

/** 米面粮油 → bowl; a category of no known kind gets the gift. */
export function categoryEmblem(category: string): Emblem {
  return CATEGORIES.find(([, words]) => words.test(category))?.[0] ?? 'gift';
}

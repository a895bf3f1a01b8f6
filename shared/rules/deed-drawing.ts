/**
 * The drawing of a deed, by words in a rule's title or, where those say nothing, in the name of its head. Villages
 * write both themselves; the first line with a word in the title counts. The files are those of client/drawings.
 */
const DEEDS: readonly (readonly [drawing: string, words: RegExp])[] = [
  ['drop-of-blood', /献血/],
  ['fire-watch', /防火|火灾|火情|烧荒|消防|秸秆/],
  ['tree-planting', /植树|种树|栽树|绿化|种花|花坛|护林|苗木/],
  ['river-cleaning', /河道|河|渠|水塘|池塘|清淤|水源/],
  ['recycling-symbol', /分类|回收|废品|白色污染|农膜/],
  ['elder-care', /敬老|孝|老人|婆媳|赡养|助老|高龄|五保|留守老/],
  ['child', /儿童|孩子|学生|子女|未成年|托管/],
  ['graduation-cap', /升学|考上|录取|大学|成才|毕业/],
  ['family-study', /学习|读书|培训|夜校|讲座|技能|文化|书屋|家教/],
  ['ring', /彩礼|婚|嫁|喜事|红白|丧|殡|宴|移风易俗|节俭/],
  ['purse', /拾金不昧|失物/],
  ['mobile-phone', /手机|代查|代办/],
  ['warning', /隐患|上报/],
  ['brick', /拆|残垣|乱搭|乱建|违建/],
  ['chicken', /家禽|圈养|养鸡|散养/],
  ['open-book', /书屋|阅读/],
  ['wrapped-gift', /捐赠|捐款/],
  ['military-medal', /参军|入伍|当兵|退役|军属|民兵|优抚/],
  ['ballot-box-with-ballot', /选举|投票|表决/],
  ['meeting', /会议|开会|议事|建言|献策|建议|村民大会|代表会|金点子/],
  ['shop-duty', /超市|值班|当班|服务台/],
  ['loudspeaker', /宣传|广播|喇叭|宣讲/],
  ['stethoscope', /体检|医|疫|卫生院|健康|诊/],
  ['shield', /巡防|平安|治安|巡逻|安全|反诈|举报|巡查|夜间|值守/],
  ['construction', /修路|道路|修桥|公益|基础设施|工程|投工|义务工|施工/],
  ['performing-arts', /文艺|演出|广场舞|节目|戏|文体|比赛|运动/],
  ['trophy', /见义勇为|证书|表彰|先进|模范|评为|获得|荣誉|文明户|五好|星级|好人|冠军/],
  ['chart-increasing', /致富|产业|创业|增收|合作社|就业|务工|发展/],
  ['sheaf-of-rice', /种植|养殖|耕|粮|农田|撂荒|土地/],
  ['clean-yard', /庭院|房前|屋后|院|居室|厨房|厕|客厅|美丽|五美|杂物/],
  ['bamboo-broom', /扫|清洁|大街|巷|垃圾|环境|整治|保洁|卫生/],
  ['handshake', /调解|和好|矛盾|纠纷|互助|邻里|帮|扶|志愿|助人|困难|爱心|捐|和睦|义务|慈善/],
  ['red-paper-lantern', /家风|乡风|文明|春节|传统|风俗/],
  ['locked', /守法|违法|禁止|赌|毒|违规|村规|民约/],
];

/** 清理河道 → river-cleaning; a deed of no known kind gets the medal. */
export function deedDrawing(title: string, head = ''): string {
  const found = DEEDS.find(([, words]) => words.test(title)) ?? DEEDS.find(([, words]) => words.test(head));
  return found?.[0] ?? 'military-medal';
}

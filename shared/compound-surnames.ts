/**
 * Surnames of two characters. A pair is left out where its second character is a usual beginning of a given name after
 * the first as a surname (单于, 宗政, 贺兰, 左丘, 梁丘, 叶赫, 乐正): the name 单于洋 is more often 单 + 于洋.
 */
const WRITTEN = `
  欧阳 欧侯 上官 司马 司徒 司空 司寇 诸葛 夏侯 皇甫 尉迟 公孙 公冶 公羊 公西 公良 公仪 公户 公输 公乘 慕容 令狐 宇文
  长孙 东方 东郭 东野 东里 东门 南宫 南门 南荣 西门 西陵 北宫 北堂 独孤 端木 百里 呼延 轩辕 完颜 闻人 澹台 濮阳 淳于
  太叔 申屠 仲孙 叔孙 季孙 钟离 鲜于 闾丘 亓官 子车 颛孙 巫马 漆雕 壤驷 拓跋 拓拔 夹谷 宰父 羊舌 微生 第五 赫连 纳兰
  耶律 即墨 褚师 万俟 哥舒 屈突 库狄 斛律 斛斯 尔朱 乙弗 叱干 贺拔 豆卢 徒单 蒲察 仆固 夫余 扶余 黑齿 毌丘 毋丘 相里
  達奚 达奚 歐陽 司馬 諸葛 尉遲 公孫 長孫 東方 東郭 南宮 獨孤 軒轅 完顏 聞人 濮陽 鍾離 鮮于 閭丘 顓孫 巫馬 壤駟 赫連 納蘭
`;

export const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(WRITTEN.trim().split(/\s+/));

/** The words of a page before its program has come. They stay where it cannot run. */
export default {
  opening: {
    wait: '正在打开……',
    old: '还没有打开？请看看网络；也可能这个浏览器太旧，请更新微信，或者换手机自带的浏览器。',
    noScript: '这个页面要用 JavaScript，请在浏览器里打开它。',
    noPhone: '没有手机也一样：带上农户卡到超市，就能查余额、换东西。',
  },
} as const;

export default {
  desk: {
    title: '工作台',
    navigation: '主导航',
    shortcuts: '常用',
    more: '更多',
    demoVillage: '演示村',
    nowhere: '没有这个页面',
    toHome: '回到首页',
    group: { daily: '日常', village: '村务设置' },
  },
  intents: {
    arrived: '「{what}」办好了，没有重复。',
    arrivedSecret: '「{what}」办好了，没有重复。要看密码、PIN 或配对码，请再打开一次那个窗口。',
    notDone: '「{what}」没有办成',
    read: '知道了',
  },
  parts: {
    localAddress:
      '这是服务器本机的地址（localhost），别的手机和电脑打不开。请用局域网地址或网址打开工作台，或请管理员在服务器上设置 PUBLIC_URL。',
    actions: '操作',
    copy: '复制',
    copyAll: '全部复制',
    copied: '已复制',
    copyFailed: '浏览器不允许复制，请手工抄写',
    onceShown: '只显示这一次。请马上抄下或打印，关闭后再也看不到。',
    writtenDown: '已抄好，关闭',
    more: '显示更多',
    none: '无',
    save: '保存',
    saved: '已保存。',
    done: '完成',
  },
} as const;

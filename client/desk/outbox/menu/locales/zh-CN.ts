export default {
  outbox: {
    menu: '没网时发出的',
    home: '笔没网时发出的，要对着小票看',
    homeKeys: '台兑换台换了公钥，要到台前核对后确认',
  },
} as const;

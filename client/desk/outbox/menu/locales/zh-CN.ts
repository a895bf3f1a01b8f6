export default {
  outbox: {
    menu: '没网时发出的',
    home: '笔没网时发出的，要对着小票看',
  },
} as const;

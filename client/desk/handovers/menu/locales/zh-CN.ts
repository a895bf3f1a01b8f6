export default {
  handovers: {
    menu: '换届移交',
    home: {
      sign: '移交单等您签字',
      waits: '{from} 移交给 {to}，还没有签完',
      due: '最迟 {day} 签完',
      late: '应在 {day} 以前签完，已经过了',
    },
  },
} as const;

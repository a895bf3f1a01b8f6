/** Values that acts tell are shown on other pages, too: on the home page, the notice, and where two people agree. */
export default {
  acts: { menu: '办事记录', yes: '是', no: '否', points: '{points} 分', hours: '{n} 小时' },
} as const;

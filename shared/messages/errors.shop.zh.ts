import type { ErrorSentences } from './sentence.ts';

/** 发生了什么、积分动没动、该怎么办：商品、兑换台、兑换、照片和手机。 */
export const zhShop = {
  // 超市
  'picture.not_jpeg': {
    title: '不是 JPEG 照片',
    detail: '这个文件不是 JPEG 照片，没有收下，积分没有变动。请换一张照片，或者不带照片直接提交。',
  },
  'picture.broken': {
    title: '照片不完整',
    detail: '这张照片不完整或已损坏，没有收下，积分没有变动。请重新拍一张，或者不带照片直接提交。',
  },
  'picture.too_large': {
    title: '照片太大',
    detail:
      '照片太大[（最多 {limitKb} KB）][（每边最多 {limitPx} 像素）]，没有收下，积分没有变动。请缩小后再试，或者不带照片直接提交。',
  },
  'picture.too_many': {
    title: '没用上的照片太多',
    detail:
      '您传上来还没有用到的照片太多了[（最多 {limit} 张）][、共 {limitMb} MB]，这一张没有收下，积分没有变动。请先把手头的加分或商品提交，或者不带照片直接提交。',
    variants: {
      village:
        '村里传上来还没有用到的照片太多了[（最多 {limit} 张）][、共 {limitMb} MB]，这一张没有收下，积分没有变动。请大家先把手头的加分或商品提交，或者不带照片直接提交。',
    },
  },
  'picture.not_found': {
    title: '照片不在了',
    detail: '没有找到这张照片，什么都没有改动。请去掉它或重新添加，再试一次。',
  },
  'goods.not_found': { title: '没有这件商品', detail: '没有找到这件商品，没有扣分。请刷新后重选。' },
  'goods.name_taken': {
    title: '名称已有',
    detail: '已经有叫[“{name}”]这个名称的商品，没有保存。请换一个名称。',
  },
  'goods.barcode_taken': {
    title: '条码已有',
    detail: '这个条码已经是[“{name}”]另一件商品的，没有保存。请核对条码。',
  },
  'goods.disabled': {
    title: '商品已停兑',
    detail: '没有扣分：[“{name}”]这件商品已停止兑换。请拿掉它，或换一样。',
  },
  'goods.limit': {
    title: '超过每月限量',
    detail: '没有扣分：[“{name}”]每户每月限量[ {limit} 件，本月还可以兑 {left} 件]。请减少数量。',
  },
  'goods.price_changed': {
    title: '价格变了',
    detail: '没有扣分：商品的积分价刚刚改过[，现在合计 {total:points} 分]。请核对新的合计再确认。',
  },
  'goods.no_stock': { title: '不记库存', detail: '[“{name}”]这一项是服务，不记库存，什么都没有改动。' },
  'goods.has_stock': {
    title: '还有库存',
    detail: '[“{name}”]货架上还有[ {left} 件]，不能改成服务，没有保存。请先盘点清零。',
  },
  'kiosk.pairing': {
    title: '配对码不对',
    detail: '配对码不对或已过期，没有配对。请在办公室电脑上重新取一个配对码。',
  },
  'kiosk.not_found': {
    title: '没有这台兑换台',
    detail: '没有找到这台兑换台，什么都没有改动。请刷新后再看。',
  },
  'kiosk.revoked': {
    title: '此机已停用',
    detail: '这台兑换台已被停用，没有办理，积分没有变动。请找村委重新配对。',
  },
  'kiosk.shift_over': {
    title: '当班已结束',
    detail: '当班已结束，没有办理，积分没有变动。请重新输入 PIN 上班。',
  },
  'kiosk.looked_often': {
    title: '查得太多',
    detail:
      '不久前按户号或姓名查了太多户，这一次没有查，积分没有变动。请扫积分卡，或者[过{seconds:wait}]再查。',
  },
  'volunteer.not_found': {
    title: '没有这位志愿者',
    detail: '没有找到这位志愿者，什么都没有改动。请刷新后再看。',
  },
  'volunteer.name_taken': { title: '姓名已有', detail: '已经有同名的志愿者，没有保存。请在姓名后加字区分。' },
  'redemption.not_found': { title: '没有这笔兑换', detail: '没有找到这笔兑换，积分没有变动。请刷新后再看。' },
  'redemption.pin_needed': {
    title: '要输这户的 PIN',
    detail:
      '没有扣分：[这户今天已经兑了 {before:points} 分，][一天兑换超过 {above:points} 分，]要这户自己输 PIN 才能办。请让户主输 PIN，或拿掉几件。',
  },
  'redemption.empty': {
    title: '没有可记的账',
    detail: '没有扣分：篮子里的东西不要积分，也不记库存，没有可记的账。借用的工具请先入库登记。',
  },
  'redemption.undo_late': {
    title: '过了撤销时间',
    detail: '已经过了可以撤销的时间，积分没有变动。请找村委冲正。',
  },
  'redemption.undone': { title: '已经撤销', detail: '这笔兑换已经撤销过，积分没有再动。' },
  'me.no_pin': {
    title: '还没有 PIN',
    detail: '这户还没有设 PIN，暂时不能在手机上查看，积分没有变动。请到村委领取。',
  },
  'me.helper': {
    title: '帮看的手机只能看',
    detail: '这台手机是帮别家看的，只能看，不能改，积分没有变动。请这家用自己的手机办，或者到村委办。',
  },
  'phone.not_found': {
    title: '没有这台手机',
    detail: '没有找到这台手机，什么都没有改动，积分没有变动。请刷新后再看。',
  },
} satisfies Partial<ErrorSentences>;

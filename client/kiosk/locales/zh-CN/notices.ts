export const notices = {
  notice: {
    close: '知道了',
    scanCardFirst: {
      title: '请先刷卡',
      detail: '扫到的是商品{name}，还没有刷农户卡。积分没有变动。先刷卡，再扫商品。',
    },
    doneAlready: {
      title: '上一笔已经办完',
      detail: '{name}没有加进去，积分没有再动。还要兑，请再刷一次卡。',
    },
    unknownGoods: {
      title: '没有这个商品',
      detail: '货架上没有条码 {code}。没有加进篮子，积分没有变动。请按名称找，或告诉村委登记条码。',
    },
    shelfNotRead: {
      title: '货架还没读出来',
      detail: '还不知道条码 {code} 是哪样商品。没有加进篮子，积分没有变动。请稍等一下，再扫一次。',
    },
    misread: {
      title: '没有扫清楚',
      detail: '读到 {code}，有数字不对。什么都没有动，积分没有变动。请再扫一次。',
    },
    foreign: {
      title: '这不是我们的卡或商品',
      detail: '什么都没有动，积分没有变动。请扫农户卡上的条码，或商品包装上的条码。',
    },
    busy: {
      title: '上一笔正在办',
      detail: '这一扫没有算，积分没有因它变动。请等屏幕说办完了，再扫。',
    },
    signInFirst: {
      title: '请先上班',
      detail: '这一扫没有算，积分没有变动。先点自己的名字、输入密码，再扫。',
    },
    shiftOver: {
      title: '当班已结束',
      detail: '这一扫没有算，积分没有变动。请再输一次密码，接着当班；没办完的篮子，刷那户的卡就回来。',
    },
    soldOut: {
      title: '没货了：{name}',
      detail: '没有加进篮子，积分没有变动。货架上还有的话，请告诉村委盘点。',
    },
    limit: {
      title: '本月兑满了：{name}',
      detail: '每户每月 {limit} 件，已经到数。没有加进篮子，积分没有变动。请换一样。',
    },
    pointsShort: {
      title: '积分不够：{name}',
      detail: '还差 {missing} 分。没有加进篮子，积分没有变动。请拿掉一件，或换一样。',
    },
    basketDropped: {
      title: '换了一户',
      detail: '上一户的篮子没有兑出去，已经清空，他家的积分没有变动。',
    },
    refusedBefore: {
      title: '上一篮没有兑成：{title}。',
      detail: '{detail}',
    },
    parked: {
      title: '篮子先放一放',
      detail:
        '没有兑出去，积分没有变动，东西还没给。这户再刷卡，或在这里点户号，篮子就回来；半小时以后收起。',
    },
    parkedFull: {
      title: '放着的篮子满了',
      detail: '最多放 {n} 篮。没有放，积分没有变动，这一篮还在。请先办完一篮，或换一户。',
    },
    parkedEnded: {
      title: '放着的篮子收起了',
      detail: '户号 {numbers}：放了半小时没有回来，篮子已经清空，积分没有变动。请把东西放回货架。',
    },
    basketBack: {
      title: '篮子还在',
      detail: '刚才没有兑出去，积分没有变动。请核对后再确认。',
    },
    basketWaits: {
      title: '上次的篮子还留着',
      detail: '那一篮没有兑出去，积分没有变动。请把那户的卡再刷一次，篮子就回来；换别的户，它会清空。',
    },
    basketKept: {
      title: '上一户的篮子还留着。',
      detail: '没有扣分：再刷那户的卡就回来。',
    },
    confirmAgain: {
      title: '请再按一次确认',
      detail: '网慢，刚向服务器重新查了这一户。还没有记账，没有扣分，篮子还在。',
    },
    aheadLost: {
      title: '有 {n} 件没有加进去。',
      detail: '卡还没查到就扫的商品没有算，积分没有变动。请等屏幕出现农户后再扫一次。',
    },
    goodsGone: {
      title: '{names}：现在不能兑了',
      detail: '货架上已经没有这样商品，没有算进篮子，积分没有变动。请核对后再确认。',
    },
    goodsGoneUnnamed: {
      title: '有 {n} 样商品现在不能兑了',
      detail: '货架上已经没有，没有算进篮子，积分没有变动。请核对后再确认。',
    },
    notKept: {
      title: '没有记上，东西先别给',
      detail:
        '这台机器存不住这一篮：没有送出去，积分没有变动，篮子还在。请再按一次“确认兑换”；还不行，请村委看看这台机器是不是存满了。',
    },
    notKeptUndo: {
      title: '没有记上，东西先别收',
      detail:
        '这台机器存不住，没有撤销，积分没有变动。请再按一次撤销；还不行，请村委看看这台机器是不是存满了。',
    },
    shiftNotKept: {
      title: '没有记上，班还没交',
      detail:
        '这台机器存不住这次交班，积分没有变动，数好的货还在。请再交一次；还不行，请村委看看这台机器是不是存满了。',
    },
    damagedRow: {
      title: '这台机器存的一笔读不出来了',
      detail:
        '那一笔可能已经送出去，不知道记上没有。请先看“最近 50 笔”：有它，就不要再兑一次；没有它，再重新办。看过以后按“知道了”。',
    },
    diskUnreadable: {
      title: '这台机器存不住东西',
      detail:
        '以前存的读不出来，新的也可能存不住。停电或重开以前要是正好有一笔在办，不知道记上没有：请先看“最近 50 笔”，有它就不要再兑一次。请把这台机器重启一次；还是这样，就告诉村委。看过以后按“知道了”。',
    },
    offline: {
      title: '刚才没有网络，没有扣分',
      detail: '这一篮还没有送出去，积分没有变动。篮子留着，网通了再按“确认兑换”。',
    },
    offlineUndo: {
      title: '刚才没有网络，没有撤销',
      detail: '还没有送出去，积分没有变动。网通了再按一次撤销。',
    },
    needsNetwork: {
      title: '{name}：要等网络',
      detail: '没有加进篮子，积分没有变动。没网的时候，一户一天、一台机器能换的有个限额；网通了再换这样。',
    },
    cardNeeded: {
      title: '没网的时候要刷卡',
      detail: '没有扣分，篮子还在。没有网络核对不了密码，请把这户的卡拿来扫一下；没有卡，等网通了再换。',
    },
    ownHousehold: {
      title: '这是自己家或亲戚家',
      detail: '没有扣分，篮子还在。按规定换另一位志愿者来发。',
    },
    ownHouseholdAsked: {
      title: '这是自己家或亲戚家，要等服务器答复',
      detail: '还不知道记上没有，东西请先别给出去。没给，就按下面的作罢，换另一位志愿者来发。',
    },
    secondNeedsNetwork: {
      title: '这户的卡是新的，要等网络',
      detail: '没有扣分，篮子还在。新卡 24 小时以内要另一位志愿者也输密码，没有网络核对不了。',
    },
    balanceShort: {
      title: '积分不够这一篮',
      detail: '没有扣分，篮子还在。按这台机器知道的余额不够，请拿掉几件。',
    },
    basketFull: {
      title: '一篮最多 {n} 样',
      detail: '没有加进篮子，积分没有变动。请先办完这一篮，再办下一篮。',
    },
    notNoted: {
      title: '没能记下，接着问',
      detail: '这一笔还在这台机器里，正在接着问服务器，不会扣两次。东西请先别给出去。',
    },
    undoneHere: {
      title: '撤销已记在本机',
      detail: '网通了积分就退回，请把东西放回货架。现在这一户不受影响。',
    },
    overWithoutNetwork: {
      title: '没网时换不了这么多',
      detail: '没有扣分，篮子还在。没有网络时还能换 {left} 分：请拿掉几件，或等网通了再换。',
    },
    recordedHere: {
      title: '那一笔已经记在本机',
      detail: '东西已经给出去了，网通了自己入账。',
    },
    bookedBefore: {
      title: '{number} 户那一笔已经入账',
      detail: '积分已经扣了，东西可以给。现在问的是另外一笔。',
    },
    undone: {
      title: '上一笔已经撤销',
      detail: '积分已经退回，请把东西放回货架。现在这一户不受影响。',
    },
    timeUp: {
      title: '一分钟没人操作，资料已收起',
      detail: '篮子没有确认，已经清空，积分没有变动。还要兑，请再刷卡、重新扫商品。',
    },
    printFailed: {
      title: '打印没有成功',
      detail: '积分和商品都已记好，不受影响。请检查打印机，再按打印，或在“最近 50 笔”里补打。',
    },
    practiceCard: {
      title: '现在是练习',
      detail: '这是农户的真卡，练习里不办，积分没有变动。请点练习的卡，或先结束练习。',
    },
    practiceNotNow: {
      title: '现在还不能练习',
      detail: '有一篮还没有兑出去，或有一笔还没有问清楚，积分没有变动。先把它办完，再练习。',
    },
    cameraNotLoaded: {
      title: '没有网络，摄像头打不开',
      detail: '什么都没有动，积分没有变动。网通了再试一次，或用扫码枪，或输入户号。',
    },
  },
} as const;

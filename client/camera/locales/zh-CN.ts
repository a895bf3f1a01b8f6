/** The words of the camera, on every face that has one. */
export default {
  camera: {
    title: '用摄像头扫码',
    lead: '把卡上的二维码，或商品上的条码，放到画面中间。',
    picture: '摄像头画面',
    starting: '正在打开摄像头……',
    other: '换一个摄像头',
    close: '关掉摄像头',
    retry: '再试一次',
    read: '读到了',
    trouble: {
      insecure: {
        title: '这个网址不能用摄像头',
        detail:
          '浏览器只在 https 网址或服务器本机上开放摄像头，现在这个网址是 http。什么都没有动。请用扫码枪或输入号码；要用摄像头，请村委给系统配上 https 网址。',
      },
      refused: {
        title: '没有得到使用摄像头的许可',
        detail:
          '什么都没有动。请点地址栏左边的图标，把“摄像头”改成“允许”，再试一次；也可以用扫码枪或输入号码。',
      },
      missing: {
        title: '没有找到摄像头',
        detail: '什么都没有动。请插上摄像头再试一次，或用扫码枪，或输入号码。',
      },
      occupied: {
        title: '摄像头正被别的程序使用',
        detail: '什么都没有动。请关掉别的用摄像头的程序，再试一次。',
      },
      lost: {
        title: '摄像头断开了',
        detail: '已经读到的照样算数，别的没有动。请检查摄像头的线，再试一次。',
      },
      reader: {
        title: '识码程序没有装进来',
        detail:
          '什么都没有动。请检查网络，再试一次；还不行，可能是浏览器太旧，请更新浏览器，或用扫码枪，或输入号码。',
      },
    },
  },
} as const;

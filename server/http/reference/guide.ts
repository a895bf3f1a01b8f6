import { BODY_BYTES_MAX } from '../../../shared/operation.ts';
import type { Language } from '../../../shared/sentence.ts';
import { LIMITS } from '../kernel-options.ts';

/** A chapter of the guide. Text marks code with backticks; a `code` block is shown as it is. */
export interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}
export type Block = { readonly p: string } | { readonly list: readonly string[] } | { readonly code: string };

const LIFE = `curl https://jishan.example/api/v1/board`;
const KEYED = `curl -X POST https://jishan.example/api/v1/households \\
  -H 'Authorization: Bearer …' \\
  -H 'Idempotency-Key: 5f0c1b7e9a2d4c33' \\
  -H 'Content-Type: application/json' \\
  -d '{"head": "王小明", "group": "第一组"}'`;
const PAGED = `GET /api/v1/proposals?limit=50
{"items": […], "next": "0198f3a2-…"}
GET /api/v1/proposals?limit=50&before=0198f3a2-…
{"items": […], "next": null}`;
const UNCHANGED = `GET /api/v1/goods
ETag: W/"mDq1…"
GET /api/v1/goods        If-None-Match: W/"mDq1…"
304 Not Modified`;

const en: readonly Chapter[] = [
  {
    id: 'begin',
    title: 'To begin with',
    blocks: [
      {
        p: 'Everything lies under `/api/v1` of the village’s own server and speaks JSON in UTF-8. The same description for programs is at `/api/v1/openapi.json` (OpenAPI 3.1).',
      },
      { code: LIFE },
      {
        p: 'Sentences in answers are Chinese unless `Accept-Language` prefers `en`. Every answer carries `X-Request-Id`; name it when you ask about one. What is not in this reference may change; within `/api/v1` fields are added, never taken away or given another meaning.',
      },
    ],
  },
  {
    id: 'who',
    title: 'Who is calling',
    blocks: [
      {
        list: [
          'Staff: `Authorization: Bearer <token>`, the `accessToken` of `POST /session`, good for ten minutes. `POST /session/refresh` gives the next one for the cookie set at log-in. With a one-time password nothing is open but `POST /session/password`.',
          'Household: `Authorization: Household <token>` of `POST /me/session` (card or number, and PIN); good until the phone is forgotten, the PIN is reset or the household closes, and for a helper ninety days at most.',
          'Kiosk: `Authorization: Kiosk <token>` of `POST /kiosk/pairing`, with the code shown at the desk; good until it is revoked.',
          'Volunteer on a kiosk: the kiosk’s header and `X-Shift: <token>` of `POST /kiosk/shift`.',
          'Public: no header; one that is sent is not looked at.',
        ],
      },
      {
        p: 'A caller acts in the village its token names and in no other: what belongs to another village is not found. Nobody decides on the own proposal or the own household.',
      },
    ],
  },
  {
    id: 'keys',
    title: 'Sending the same thing twice',
    blocks: [
      {
        p: 'Every write carries an `Idempotency-Key`: 8 to 100 letters, digits, `-` or `_`, minted by you when the intent begins, and random. The key, the act and the answer are one transaction.',
      },
      { code: KEYED },
      {
        list: [
          'The same key with the same content: the first answer again, with `Idempotency-Replayed: true`, and nothing is done twice.',
          'The same key with other content: refused, `409 idempotency.conflict`.',
          'No answer came, or `moved` is `unknown`: send the same again under the same key until an answer comes.',
          'A refusal is not kept: when its reason is gone the same key may succeed.',
          'Keys never expire. They belong to who sent them; on a kiosk, to the device.',
        ],
      },
      { p: 'Log-ins, uploads and verifications take no key: to repeat them does no harm.' },
    ],
  },
  {
    id: 'failures',
    title: 'When something fails',
    blocks: [
      {
        p: 'A failure is a problem document (`application/problem+json`, RFC 9457). Go by `code`, which is stable; show `title` and `detail`, which say what happened, whether points moved, and what to do.',
      },
      {
        list: [
          '`kind` is `retry` (the same may succeed later, after `Retry-After` seconds), `refused` (a rule says no: change something first) or `bug` (ours).',
          '`moved` is `no`, or `unknown` when the answer was lost on our side: ask again with the same key.',
          '`params` are the figures of the sentence; amounts are in hundredths or fen.',
          '`errors` stands in `request.invalid` and names each place that does not fit, such as `body.village.name`.',
        ],
      },
      { p: 'Each operation below names its own refusals; all codes with their sentences are at the end.' },
    ],
  },
  {
    id: 'limits',
    title: 'How much, how often',
    blocks: [
      {
        list: [
          `At most ${LIMITS.requestsPerMinute} requests a minute from one address, and of those ${LIMITS.logInsPerMinute} tries to log in, pair or set up: beyond that \`429 request.too_many\` with \`Retry-After\`. Requests from the server’s own machine are not limited.`,
          'Wrong passwords, PINs and pairing codes are counted in the database, for the account and for the address: `429 auth.locked` says in `seconds` how long to wait. A restart does not shorten it.',
          `A body of JSON may have ${BODY_BYTES_MAX.public / 1024} kB where no log-in is needed, ${BODY_BYTES_MAX.known / 1024} kB elsewhere, and ${BODY_BYTES_MAX.batch / 1024} kB where it is about many households at once; an upload 10 MB. Packed bodies are not read.`,
          `JSON arrives within ${LIMITS.bodyMs / 1000} seconds, an upload at ${LIMITS.uploadBytesPerSecond / 1024} kB a second and more: later it is \`408 request.slow\`, and the connection is closed.`,
          `An answer comes within ${LIMITS.deadlineMs / 1000} seconds, of imports, exports and verification within ${LIMITS.longDeadlineMs / 60_000} minutes; later it is \`503 server.busy\` for reads and \`503 server.unknown_outcome\` for writes.`,
        ],
      },
    ],
  },
  {
    id: 'pages',
    title: 'Pages and filters',
    blocks: [
      {
        p: 'Long lists come in pages, newest first or by number. `limit` says how many (at most 200); `next` is where the following page begins, or null at the end. Give it back as it is, as `before` or `after`, with the same filters. Pages do not shift when something new is added meanwhile.',
      },
      { code: PAGED },
    ],
  },
  {
    id: 'caching',
    title: 'What has not changed',
    blocks: [
      {
        p: 'Lists and views that are asked for again and again carry an `ETag`. Send it back as `If-None-Match`: an unchanged answer is `304` without a body. Browsers do so by themselves. What was asked with a token is `private, no-cache`; the board is `public` for five seconds; all else is `no-store`.',
      },
      { code: UNCHANGED },
    ],
  },
  {
    id: 'amounts',
    title: 'Amounts',
    blocks: [
      {
        list: [
          'Points are integers in hundredths: `1250` is 12.5 points.',
          'Money is integers in fen: `45000` is 450 yuan. What a point is worth is the village’s `pointValueFen`.',
          'Goods are counted in pieces of their unit.',
          'Deductions, and what leaves an account, are negative.',
        ],
      },
    ],
  },
  {
    id: 'time',
    title: 'Days and instants',
    blocks: [
      {
        p: 'A day (`effectiveOn`, `on`, `from`, `to`) is `YYYY-MM-DD` in the village’s time zone, usually Asia/Shanghai. An instant (`…AtMs`) is milliseconds since 1970-01-01 UTC. An entry has both: the day it counts for, and the instant it was booked.',
      },
    ],
  },
  {
    id: 'files',
    title: 'Files',
    blocks: [
      {
        p: 'An upload is the file itself as `application/octet-stream`, nothing around it. A download names itself in `Content-Disposition`; its media type is in `Content-Type`.',
      },
    ],
  },
];

const zh: readonly Chapter[] = [
  {
    id: 'begin',
    title: '从这里开始',
    blocks: [
      {
        p: '所有接口都在村里自己的服务器上，以 `/api/v1` 开头，用 UTF-8 的 JSON。给程序读的同一份说明在 `/api/v1/openapi.json`（OpenAPI 3.1）。',
      },
      { code: LIFE },
      {
        p: '答复里的句子默认中文，`Accept-Language` 更想要 `en` 时给英文。每个答复都带 `X-Request-Id`，有疑问时报这个号。这里没有写的都可能变；`/api/v1` 之内只会增加字段，不会去掉，也不会换意思。',
      },
    ],
  },
  {
    id: 'who',
    title: '谁在调用',
    blocks: [
      {
        list: [
          '工作人员：`Authorization: Bearer <令牌>`，令牌是 `POST /session` 答复的 `accessToken`，十分钟有效；`POST /session/refresh` 用登录时设的 Cookie 换下一个。用一次性密码登录时，只能 `POST /session/password` 改密码。',
          '农户：`Authorization: Household <令牌>`，来自 `POST /me/session`（卡片或户号，加 PIN）；直到“忘记这部手机”、重设 PIN 或销户为止；帮别家看的最多九十天。',
          '兑换台：`Authorization: Kiosk <令牌>`，来自 `POST /kiosk/pairing`，用办公室给的配对码；直到被停用为止。',
          '兑换台上的志愿者：兑换台的请求头，再加 `X-Shift: <令牌>`，来自 `POST /kiosk/shift`。',
          '公众：不用带；带了也不看。',
        ],
      },
      { p: '调用者只在令牌所属的村里办事：别村的东西一律“找不到”。谁也不能决定自己的申报和自家的事。' },
    ],
  },
  {
    id: 'keys',
    title: '同一件事发了两次',
    blocks: [
      {
        p: '每个写操作都带 `Idempotency-Key`：8 到 100 个字母、数字、`-` 或 `_`，由您在这件事开始时随机生成。键、动作和答复在同一个事务里。',
      },
      { code: KEYED },
      {
        list: [
          '同一个键、同样内容：再给一次第一次的答复，带 `Idempotency-Replayed: true`，不会做两遍。',
          '同一个键、不同内容：拒绝，`409 idempotency.conflict`。',
          '没有收到答复，或 `moved` 是 `unknown`：用同一个键把同样内容再发，直到有答复。',
          '拒绝不会记住：原因没有了，同一个键可以成功。',
          '键永不过期，属于发送的人；在兑换台上属于那台设备。',
        ],
      },
      { p: '登录、上传和核验不用键：重复也没有害处。' },
    ],
  },
  {
    id: 'failures',
    title: '没有办成的时候',
    blocks: [
      {
        p: '失败的答复是问题文档（`application/problem+json`，RFC 9457）。程序看 `code`，它不会变；给人看 `title` 和 `detail`：发生了什么、积分动没动、该怎么办。',
      },
      {
        list: [
          '`kind`：`retry`（过一会儿同样的请求可能成功，见 `Retry-After` 秒数）、`refused`（规则不允许，先改再来）、`bug`（我们的错）。',
          '`moved`：`no` 表示积分没动；`unknown` 表示我们这边丢了答复，请用同一个键再问。',
          '`params` 是句子里的数字，积分按百分之一分、钱按分。',
          '`errors` 只在 `request.invalid` 里有，逐处指出哪里不对，如 `body.village.name`。',
        ],
      },
      { p: '下面每个操作列出它自己的拒绝；全部代码和句子在最后。' },
    ],
  },
  {
    id: 'limits',
    title: '多少、多快',
    blocks: [
      {
        list: [
          `同一地址每分钟最多 ${LIMITS.requestsPerMinute} 个请求，其中登录、配对、初次设置最多 ${LIMITS.logInsPerMinute} 次；超过就是 \`429 request.too_many\`，带 \`Retry-After\`。服务器本机不限。`,
          '错的密码、PIN 和配对码记在数据库里，按账号和按地址都算：`429 auth.locked` 的 `seconds` 说要等多久，重启也不会变短。',
          `JSON 请求体：不用登录的接口最大 ${BODY_BYTES_MAX.public / 1024} kB，其余 ${BODY_BYTES_MAX.known / 1024} kB，一次涉及很多农户的 ${BODY_BYTES_MAX.batch / 1024} kB；上传最大 10 MB；压缩过的请求体不收。`,
          `JSON 要在 ${LIMITS.bodyMs / 1000} 秒内收全，上传每秒至少 ${LIMITS.uploadBytesPerSecond / 1024} kB；太慢就是 \`408 request.slow\`，并断开连接。`,
          `答复在 ${LIMITS.deadlineMs / 1000} 秒之内，导入、导出和核验在 ${LIMITS.longDeadlineMs / 60_000} 分钟之内；再晚，读是 \`503 server.busy\`，写是 \`503 server.unknown_outcome\`。`,
        ],
      },
    ],
  },
  {
    id: 'pages',
    title: '分页和筛选',
    blocks: [
      {
        p: '长的列表分页，最新的在前，或按户号。`limit` 说要几条（最多 200）；`next` 是下一页从哪里开始，没有了就是 null。把它原样放进 `before` 或 `after`，筛选条件不变。中间有新的进来，页也不会错位。',
      },
      { code: PAGED },
    ],
  },
  {
    id: 'caching',
    title: '没有变的',
    blocks: [
      {
        p: '反复读取的列表和页面带 `ETag`。下次放在 `If-None-Match` 里送回：没有变就是 `304`，没有内容。浏览器自己会这样做。带令牌读的是 `private, no-cache`；公示屏是 `public`，五秒；其余都是 `no-store`。',
      },
      { code: UNCHANGED },
    ],
  },
  {
    id: 'amounts',
    title: '数目',
    blocks: [
      {
        list: [
          '积分是整数，单位百分之一分：`1250` 就是 12.5 分。',
          '钱是整数，单位分：`45000` 就是 450 元。一个积分值多少钱，看村里的 `pointValueFen`。',
          '商品按它的单位数件数。',
          '扣分和从账户出去的数是负数。',
        ],
      },
    ],
  },
  {
    id: 'time',
    title: '日子和时刻',
    blocks: [
      {
        p: '日子（`effectiveOn`、`on`、`from`、`to`）写成 `YYYY-MM-DD`，按村里的时区，通常是 Asia/Shanghai。时刻（`…AtMs`）是 1970-01-01 UTC 以来的毫秒数。一笔账两样都有：算在哪一天，什么时刻记的。',
      },
    ],
  },
  {
    id: 'files',
    title: '文件',
    blocks: [
      {
        p: '上传就是文件本身，类型 `application/octet-stream`，外面不包任何东西。下载的文件名在 `Content-Disposition` 里，类型在 `Content-Type` 里。',
      },
    ],
  },
];

export const GUIDE: Readonly<Record<Language, readonly Chapter[]>> = { zh, en };

/** The guide as Markdown, for the description that programs read. */
export function guideAsMarkdown(language: Language): string {
  return GUIDE[language]
    .map(({ title, blocks }) => [`## ${title}`, ...blocks.map(blockAsMarkdown)].join('\n\n'))
    .join('\n\n');
}

function blockAsMarkdown(block: Block): string {
  if ('p' in block) return block.p;
  if ('list' in block) return block.list.map((item) => `- ${item}`).join('\n');
  return ['```', block.code, '```'].join('\n');
}

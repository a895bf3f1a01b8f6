import type { ErrorWordsOf, Tags } from '../sentence.ts';
import type { errors } from './errors.ts';

export const errorWords = {
  'workday.not_found': {
    zh: { title: '没有这次活动', detail: '没有找到这次活动，什么都没有改动。请刷新后再看。' },
    en: { title: 'No such event', detail: 'The event was not found; nothing was changed. Reload and look.' },
  },
  'workday.rule': {
    zh: {
      title: '这条细则不能用在活动上',
      detail:
        '要选启用的加分细则：每小时几分，或者来了就给几分。什么都没有改动，积分没有变动。请换一条，或者先改细则。',
    },
    en: {
      title: 'Not a rule for events',
      detail:
        'Choose an enabled rule that gives so many points an hour, or so many for coming. Nothing was changed and no points moved. Choose another, or change the rule first.',
    },
  },
  'workday.day': {
    zh: {
      title: '日子或时间不对',
      detail: '活动要在今天以后一年以内，结束要晚于开始。什么都没有保存。请改一下日期或时间。',
    },
    en: {
      title: 'Not such a day or time',
      detail:
        'An event is today or within a year, and ends after it begins. Nothing was announced. Change the day or the times.',
    },
  },
  'workday.state': {
    zh: {
      title: '活动的状态已经变了',
      detail: '活动已经结束或者取消，这一次没有办，积分没有变动。请刷新后再看。',
    },
    en: {
      title: 'The event has changed',
      detail: 'The event was closed or cancelled; nothing was done now and no points moved. Reload and look.',
    },
  },
  'workday.too_early': {
    zh: {
      title: '还没到签到的时间',
      detail: '活动当天、开始前一小时起才能签到[（{day} {from} 开始）]。什么都没有保存。请到时候再签。',
    },
    en: {
      title: 'Too early to sign in',
      detail:
        'People sign in on the day, from an hour before the beginning[ ({day} {from})]. Nothing was noted. Try again then.',
    },
  },
  'workday.too_late': {
    zh: {
      title: '过了签到的时间',
      detail:
        '签到只能在活动当天、结束以前。没有登记，积分没有变动。确实来过的，请用“补录”，要第二个人同意。',
    },
    en: {
      title: 'Too late to sign in',
      detail:
        'People sign in on the day, until the event is closed. Nothing was noted and no points moved. Enter whoever came late, with a second person.',
    },
  },
  'workday.not_late': {
    zh: {
      title: '现在不用补录',
      detail: '活动当天结束以前照常签到，活动还没开始的也不能补录。没有登记，积分没有变动。',
    },
    en: {
      title: 'Nothing is late yet',
      detail:
        'Until the event is closed on its day people sign in as usual, and nobody before it. Nothing was noted and no points moved.',
    },
  },
  'workday.twice': {
    zh: {
      title: '已经签过到',
      detail:
        '[{number} 号 ][{head} ][{member} ]已经签过到，没有改动。同一户来了几个人的，请写明各是谁；已经签过又要算回来的，请在名单里点“算进去”。',
    },
    en: {
      title: 'Signed in already',
      detail:
        '[No. {number} ][{head} ][{member} ]has signed in already. Nothing was noted. If several people of a household came, type who each is. Put back in the list whoever was left out.',
    },
  },
  'workday.full': {
    zh: {
      title: '人数满了',
      detail: '这次活动[最多 {most} 人，]人数已满，没有登记。积分没有变动。',
    },
    en: {
      title: 'It is full',
      detail: 'No more people may come to this event[ than {most}]. Nothing was noted and no points moved.',
    },
  },
  'workday.member_missing': {
    zh: {
      title: '要写明是家里谁来的',
      detail: '这条细则按人算，签到时要写明是家里谁（比如“长子”）。没有登记，积分没有变动。',
    },
    en: {
      title: 'Say who of the household came',
      detail:
        'The rule counts by member: say who came, such as the eldest son. Nothing was noted and no points moved.',
    },
  },
  'attendance.not_found': {
    zh: {
      title: '没有在签到的人里找到',
      detail: '没有找到还没签退的这一户，什么都没有改动。请看名单：是不是没签到，或者已经签退了。',
    },
    en: {
      title: 'Not among those who are there',
      detail:
        'Nobody of this household is signed in and not yet out; nothing was changed. Look at the list whether they signed in.',
    },
  },
  'workday.hours': {
    zh: {
      title: '时长不对',
      detail:
        '时长按[每 {step} 分钟一档，]从开始到结束算，[最多 {most} 分钟，]按小时加分的一定要填。没有登记，积分没有变动。',
    },
    en: {
      title: 'Not such hours',
      detail:
        'Hours lie between the beginning and the end[, in steps of {step} minutes][, {most} minutes at most], and are needed where each hour counts. Nothing was noted and no points moved.',
    },
  },
  'workday.proposed': {
    zh: {
      title: '加分已经报上去了',
      detail: '这一位的加分已经报了，名单里不再改，什么都没有改动。要改请在那条申报里退回更正。',
    },
    en: {
      title: 'The award is proposed already',
      detail:
        'The award of this person is proposed, and the list is not changed any more. Nothing was noted. Have the proposal sent back and correct it there.',
    },
  },
  'workday.not_whole': {
    zh: {
      title: '还有加不了分的',
      detail:
        '[有 {count} 位]现在加不了分（没签退、到了上限或者账户已停用），什么都没有报，积分没有变动。请先签退，或者点“不算进去”写明原因，再结束。',
    },
    en: {
      title: 'Some cannot be awarded',
      detail:
        '[{count} of them]would be refused now: not signed out, over a cap, or an account that has ended. Nothing was proposed and no points moved. Sign them out or leave them out with a reason, then close.',
    },
  },
  'workday.moved_on': {
    zh: {
      title: '名单刚刚变了',
      detail: '看名单以后又有人签到或者改动，什么都没有报，积分没有变动。请看过新的名单再结束。',
    },
    en: {
      title: 'The list has changed',
      detail:
        'Somebody signed in or was changed after you looked. Nothing was proposed and no points moved. Look at the list again, then close.',
    },
  },
} as const satisfies ErrorWordsOf<typeof errors>;

/** The purpose of the endpoints, by the beginning of their names. */
export const tags = {
  workdays: {
    zh: '义务劳动和活动：发布、签到签退、按签到加分。',
    en: 'Work days and other events: announced, signed in to, awarded.',
  },
} as const satisfies Tags;
